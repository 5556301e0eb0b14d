"""Django admin: policies with their targets; timers, events and notices to look at only."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from cases.sla import reassessing
from cases.sla.models import SlaEvent, SlaNotice, SlaPolicy, SlaTarget, SlaTimer


class SlaTargetInline(admin.TabularInline):  # type: ignore[type-arg]
    model = SlaTarget
    extra = 0
    fields = ("metric", "amount", "unit", "calendar")


@admin.register(SlaPolicy)
class SlaPolicyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What is edited here applies to open promises too, by the rules of a changed policy."""

    list_display = (
        "name",
        "priority",
        "organisation",
        "package",
        "type",
        "region",
        "promises",
        "position",
        "is_active",
    )
    list_filter = ("is_active", "priority", "region")
    list_select_related = ("organisation", "package", "region")
    search_fields = ("name", "organisation__name")
    raw_id_fields = ("organisation",)
    inlines = (SlaTargetInline,)
    fieldsets = (
        (None, {"fields": ("name", "is_active", "priority")}),
        ("Only for", {"fields": ("organisation", "package", "type", "region", "position")}),
        ("How time counts", {"fields": ("calendar", "pauses_while_waiting", "pauses_on_hold")}),
    )

    @admin.display(description="Promises")
    def promises(self, policy: SlaPolicy) -> str:
        return ", ".join(
            f"{target.get_metric_display()} {target.amount} {target.get_unit_display()}"
            for target in policy.targets.all()
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("targets")

    def save_related(
        self,
        request: HttpRequest,
        form: "ModelForm[SlaPolicy]",
        formsets: Any,
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        reassessing.note_edit(form.instance, by=str(request.user), at=timezone.now())

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A policy is switched off, never deleted: receipts name it."""
        return False


class _ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class _ReadOnlyInline(admin.TabularInline):  # type: ignore[type-arg]
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class _EventInline(_ReadOnlyInline):
    model = SlaEvent
    fields = ("occurred_at", "kind", "actor_label", "payload", "recorded_at")
    ordering = ("occurred_at", "pk")


class _NoticeInline(_ReadOnlyInline):
    model = SlaNotice
    fields = ("kind", "due_at", "detected_at", "is_superseded", "voided_at", "voided_by")
    ordering = ("pk",)


@admin.register(SlaTimer)
class SlaTimerAdmin(_ReadOnly):
    list_display = ("case", "metric", "cycle", "state", "due_at", "breached_at", "sweep_error")
    list_filter = ("state", "metric", ("sweep_error", admin.EmptyFieldListFilter))
    list_select_related = ("case",)
    search_fields = ("=case__number",)
    show_full_result_count = False
    ordering = ("-pk",)
    inlines = (_EventInline, _NoticeInline)
