"""Django admin: where the pop-up stands, its keys; who takes chats."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest

from chat.identity.vouching import new_secret
from chat.models import Availability, Site, SiteSecret


@admin.register(Site)
class SiteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A place that shows the pop-up; the key goes into its page, the origins let it in."""

    list_display = ("name", "key", "is_offered", "takes_anonymous", "calendar")
    readonly_fields = ("key",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(SiteSecret)
class SiteSecretAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Keys by which a page vouches. Add the new one, change the page, then retire the old one."""

    list_display = ("site", "kid", "created_at", "retired_at")
    list_select_related = ("site",)
    fields = ("site", "kid", "created_at", "retired_at")
    readonly_fields = ("kid", "created_at")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields if obj else ("site",)

    def save_model(self, request: HttpRequest, obj: SiteSecret, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        made, secret = new_secret(obj.site)
        obj.pk, obj.kid = made.pk, made.kid
        messages.success(
            request, f"Key id {made.kid}, secret {secret} (shown this once: copy it now)."
        )

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Availability)
class AvailabilityAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("person", "is_away", "most_at_once")
    list_select_related = ("person",)
    raw_id_fields = ("person",)
