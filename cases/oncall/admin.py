"""The rota's gateways and the calls of the emergency line, in Django's admin."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cases.oncall.models import EmergencyCall, Rota


@admin.register(Rota)
class RotaAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Layers and shifts are edited in the console, by leads."""

    list_display = ("name", "time_zone", "is_in_use", "minutes_to_answer", "rounds")
    filter_horizontal = ("gateways",)


@admin.register(EmergencyCall)
class EmergencyCallAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To look at only; what could not become a case can be tried again."""

    list_display = ("received_at", "callback_number", "caller_name", "state", "case", "last_error")
    list_select_related = ("case",)
    list_filter = ("state",)
    ordering = ("-pk",)
    show_full_result_count = False
    actions = ("try_again",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Try again to make a case of it", permissions=["view"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[EmergencyCall]) -> None:
        failed = chosen.filter(state=EmergencyCall.State.FAILED)
        LogEntry.objects.log_actions(str(request.user.pk), failed, CHANGE, "Tried again.")
        count = failed.update(
            state=EmergencyCall.State.PENDING, attempts=0, next_attempt_at=timezone.now()
        )
        messages.success(request, f"Tried again: {count}.")
