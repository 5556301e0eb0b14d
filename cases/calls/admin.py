"""Django admin: when agents take calls, and their absences. Calls are worked in the console."""

from django.contrib import admin

from cases.calls.forms import WeekForm
from cases.calls.models import Absence, AgentHours


class AgentHoursForm(WeekForm):
    """The hours of any agent, as administrators write them."""

    class Meta(WeekForm.Meta):
        fields = ("person", *WeekForm.Meta.fields)


@admin.register(AgentHours)
class AgentHoursAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = AgentHoursForm
    list_display = ("person", "takes_calls", "time_zone", "calls_a_day", "buffer_minutes")
    list_select_related = ("person",)
    list_filter = ("takes_calls",)
    autocomplete_fields = ("person",)


@admin.register(Absence)
class AbsenceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("person", "starts_at", "ends_at", "reason")
    list_select_related = ("person",)
    autocomplete_fields = ("person",)
    date_hierarchy = "starts_at"
