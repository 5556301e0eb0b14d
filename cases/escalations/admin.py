"""Django admin: ladders, validated; what climbs them to look at only."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from cases.escalations.models import Chain, Level


class _LevelFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        super().clean()
        kept: list[dict[str, Any]] = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        if not kept:
            raise ValidationError("Give the chain at least one level, or switch it off.")
        last = max(kept, key=lambda level: level.get("position") or 0)
        if last.get("who") != Level.Who.LEADS:
            raise ValidationError("The last level must be the leads: somebody always answers.")


class _LevelInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Level
    formset = _LevelFormSet
    extra = 0


@admin.register(Chain)
class ChainAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Edits hold for what is missed from now on; running escalations keep their ladder."""

    list_display = ("__str__", "acknowledged_minutes", "is_active")
    list_select_related = ("policy",)
    inlines = (_LevelInline,)
