"""Tokens in Django's admin: to look at and to revoke. `manage.py api_token` makes them."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from helpdesk.api import tokens
from helpdesk.api.models import ApiToken


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "person", "is_read_only", "expires_at", "last_used_at", "revoked_at")
    list_select_related = ("person",)
    search_fields = ("name", "person__username", "person__full_name")
    search_help_text = "Name of the token or of its person"
    fields = readonly_fields = (
        "person",
        "name",
        "is_read_only",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    )
    actions = ("revoke",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A token is shown once, where it is made: on the command line."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """Revoked, not deleted: one can tell afterwards what it was."""
        return False

    @admin.action(description="Revoke: software with these tokens is locked out at once")
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiToken]) -> None:
        LogEntry.objects.log_actions(
            str(request.user.pk), chosen.filter(revoked_at=None), CHANGE, "Revoked."
        )
        count = tokens.revoke(chosen, at=timezone.now())
        messages.success(request, f"Revoked: {count}.")
