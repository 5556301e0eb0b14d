"""Forms in which an administrator edits hours the way people write them."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextInputWidget
from django.utils import timezone

from helpdesk.calendars.hours_text import parse_hours, text_of_hours
from helpdesk.calendars.models import Calendar, CalendarException, CalendarVersion
from helpdesk.calendars.working_time import (
    WEEKDAY_KEYS,
    WEEKDAYS,
    ScheduleError,
    Weekly,
    hours_from_json,
    hours_to_json,
)

HOURS_FIELDS = tuple(f"hours_{key}" for key in WEEKDAY_KEYS)


class HoursField(forms.CharField):
    """One line such as "09:00-12:30, 13:15-17:00"; its value is the JSON form of hours."""

    def __init__(self, *, day: str, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=200, **kwargs)
        self.day = day

    def to_python(self, value: Any) -> Any:
        try:
            return hours_to_json(parse_hours(super().to_python(value) or "", day=self.day))
        except ScheduleError as error:
            raise forms.ValidationError(str(error)) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """An empty line in an empty row is no exception yet."""
        return super().has_changed(initial or [], data)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return text_of_hours(hours_from_json(value, day=self.day))
        return value

    def run_validators(self, value: Any) -> None:
        """The line was checked while it was read; its value is no text any more."""


class CalendarForm(forms.ModelForm):  # type: ignore[type-arg]
    """A calendar with the hours of its week, and from when they hold."""

    hours_mon = HoursField(day=WEEKDAYS[0], label="Monday")
    hours_tue = HoursField(day=WEEKDAYS[1], label="Tuesday")
    hours_wed = HoursField(day=WEEKDAYS[2], label="Wednesday")
    hours_thu = HoursField(day=WEEKDAYS[3], label="Thursday")
    hours_fri = HoursField(day=WEEKDAYS[4], label="Friday")
    hours_sat = HoursField(day=WEEKDAYS[5], label="Saturday")
    hours_sun = HoursField(day=WEEKDAYS[6], label="Sunday")
    effective_on = forms.DateField(
        required=False,
        widget=AdminDateWidget,
        label="From",
        help_text="The date, in the calendar's zone, from which these hours hold. "
        "Empty means from now on. Everything else on this page takes effect when you save.",
    )
    why = forms.CharField(
        max_length=300,
        label="Reason",
        widget=AdminTextInputWidget,
        help_text="Kept with the version, for whoever asks later.",
    )

    class Meta:
        model = Calendar
        fields = ("name", "slug", "purpose", "region", "time_zone", "observes_holidays")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.versions.exists():
            version: CalendarVersion = self.instance.current_version_at(timezone.now())
            for key in WEEKDAY_KEYS:
                self.initial[f"hours_{key}"] = version.weekly.get(key, [])

    def clean_effective_on(self) -> date | None:
        chosen: date | None = self.cleaned_data["effective_on"]
        zone = self.cleaned_data.get("time_zone", "UTC")
        if chosen is not None and chosen <= timezone.now().astimezone(ZoneInfo(zone)).date():
            raise forms.ValidationError(
                "Choose a date ahead, or leave it empty to start now. "
                "What was counted before stays as it was."
            )
        return chosen

    def weekly(self) -> Weekly:
        """The hours of the week as entered; call it on a valid form."""
        return tuple(
            hours_from_json(self.cleaned_data[f"hours_{key}"], day=weekday)
            for key, weekday in zip(WEEKDAY_KEYS, WEEKDAYS, strict=True)
        )

    def effective_at(self, *, now: datetime) -> datetime:
        """When the hours begin to hold: the start of the chosen date, or `now`."""
        chosen: date | None = self.cleaned_data["effective_on"]
        if chosen is None:
            return now
        zone = ZoneInfo(self.cleaned_data["time_zone"])
        return datetime(chosen.year, chosen.month, chosen.day, tzinfo=zone)


class CalendarExceptionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The hours of one date as a line."""

    hours = HoursField(day="The exception", help_text="Such as 09:00-12:00. Empty means closed.")

    class Meta:
        model = CalendarException
        fields = ("date", "hours", "reason")

    def clean_date(self) -> date:
        """Rows of an inline form are not checked against rows that it does not show."""
        chosen: date = self.cleaned_data["date"]
        others = CalendarException.objects.exclude(pk=self.instance.pk)
        if others.filter(calendar=self.instance.calendar_id, date=chosen).exists():
            raise forms.ValidationError("This calendar has an exception for that date already.")
        return chosen
