"""Endpoints and what was told to them, in Django's admin."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from helpdesk.people.sign_in.sealing import seal
from helpdesk.webhooks import endpoints, queueing
from helpdesk.webhooks.models import Delivery, Endpoint
from helpdesk.webhooks.signing import new_secret

KEPT = ("off_reason", "failing_since", "paused_until", "created_at")


@admin.register(Endpoint)
class EndpointAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "organisation", "audience", "is_on", "failing_since", "off_reason")
    list_select_related = ("organisation",)
    list_filter = ("is_on",)
    search_fields = ("name", "organisation__name")
    search_help_text = "Name of the endpoint or of its organisation"
    autocomplete_fields = ("organisation",)
    fields = ("name", "url", "organisation", "audience", "listens_to", "is_on", *KEPT)
    readonly_fields = KEPT
    actions = ("change_secret", "switch_on", "switch_off")

    def save_model(
        self, request: HttpRequest, obj: Endpoint, form: "ModelForm[Any]", change: bool
    ) -> None:
        if change:
            super().save_model(request, obj, form, change)
            if "is_on" in form.changed_data and obj.is_on:
                endpoints.switch_on(obj)
            return
        secret = new_secret()
        obj.sealed_secret = seal(secret)
        super().save_model(request, obj, form, change)
        _show(request, obj, secret)

    @admin.action(description="Change the secret: for a day both the old and the new one sign")
    def change_secret(self, request: HttpRequest, chosen: QuerySet[Endpoint]) -> None:
        for endpoint in chosen:
            _show(request, endpoint, endpoints.change_secret(endpoint, now=timezone.now()))
        LogEntry.objects.log_actions(str(request.user.pk), chosen, CHANGE, "Changed the secret.")

    @admin.action(description="Switch on: send what waits")
    def switch_on(self, request: HttpRequest, chosen: QuerySet[Endpoint]) -> None:
        for endpoint in chosen:
            endpoints.switch_on(endpoint)
        LogEntry.objects.log_actions(str(request.user.pk), chosen, CHANGE, "Switched on.")

    @admin.action(description="Switch off: send nothing, give up what waits")
    def switch_off(self, request: HttpRequest, chosen: QuerySet[Endpoint]) -> None:
        for endpoint in chosen:
            endpoints.switch_off(endpoint, reason=f"Switched off by {request.user}.")
        LogEntry.objects.log_actions(str(request.user.pk), chosen, CHANGE, "Switched off.")


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = (
        "created_at",
        "endpoint",
        "kind",
        "state",
        "attempts",
        "last_status",
        "last_error",
    )
    list_select_related = ("endpoint",)
    list_filter = ("state", "endpoint")
    search_fields = ("=message_id",)
    search_help_text = "webhook-id, such as msg_…"
    ordering = ("-pk",)
    show_full_result_count = False
    actions = ("resend",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Send again, under the same id", permissions=["view"])
    def resend(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        done = [delivery for delivery in chosen if queueing.resend(delivery)]
        LogEntry.objects.log_actions(str(request.user.pk), done, CHANGE, "Sent again.")
        messages.success(request, f"Queued again: {len(done)} of {len(chosen)}.")


def _show(request: HttpRequest, endpoint: Endpoint, secret: str) -> None:
    messages.warning(request, f"The secret of {endpoint.name}, shown this once: {secret}")
