"""Forms that several surfaces share: a time that was offered, the hours of an agent's week."""

from datetime import UTC, datetime
from typing import Any

from django import forms

from cases.calls.models import AgentHours
from helpdesk.calendars.admin_forms import HoursField
from helpdesk.calendars.working_time import WEEKDAY_KEYS, WEEKDAYS


class TimeForm(forms.Form):
    """A time that was offered."""

    starts_at = forms.CharField(
        max_length=40, error_messages={"required": "Choose one of the times."}
    )
    sequence = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_starts_at(self) -> datetime:
        try:
            at = datetime.fromisoformat(self.cleaned_data["starts_at"])
            return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError("Choose one of the times.") from error


class WeekForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whether and when an agent takes calls, as people write it: "09:00-12:30, 13:15-17:00"."""

    takes_calls = forms.BooleanField(label="Takes calls", required=False)
    mon = HoursField(day=WEEKDAYS[0], label="Monday")
    tue = HoursField(day=WEEKDAYS[1], label="Tuesday")
    wed = HoursField(day=WEEKDAYS[2], label="Wednesday")
    thu = HoursField(day=WEEKDAYS[3], label="Thursday")
    fri = HoursField(day=WEEKDAYS[4], label="Friday")
    sat = HoursField(day=WEEKDAYS[5], label="Saturday")
    sun = HoursField(day=WEEKDAYS[6], label="Sunday")
    time_zone = forms.CharField(
        label="Time zone", max_length=64, help_text="The clock on which these hours are read."
    )
    calls_a_day = forms.IntegerField(label="Calls a day, at most", min_value=1, max_value=24)
    buffer_minutes = forms.IntegerField(
        label="Minutes kept free after a call", min_value=0, max_value=240
    )

    class Meta:
        model = AgentHours
        fields: tuple[str, ...] = ("takes_calls", "time_zone", "calls_a_day", "buffer_minutes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in WEEKDAY_KEYS:
            self.initial.setdefault(key, self.instance.weekly.get(key, []))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        week = {key: cleaned.get(key) for key in WEEKDAY_KEYS}
        self.instance.weekly = {key: hours for key, hours in week.items() if hours}
        if cleaned.get("takes_calls") and not self.errors and not self.instance.weekly:
            raise forms.ValidationError(
                "Give at least one day hours, or untick that calls are taken."
            )
        return cleaned
