"""Checks of single values that an administrator types."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from helpdesk.calendars.working_time import ScheduleError, hours_from_json, refuse_bad_hours

validate_country = RegexValidator(
    r"^[A-Z]{2}$", "Write the country as its two letters, such as AU."
)


def validate_time_zone(value: str) -> None:
    """Raise ValidationError unless `value` is an IANA zone name (an offset is never a zone)."""
    if value not in available_timezones():
        raise ValidationError(
            "%(value)s is not a time zone. Use a name such as Australia/Melbourne.",
            params={"value": value},
        )


def validate_hours(value: object) -> None:
    """Raise ValidationError unless `value` is a list such as [["09:00", "12:30"]]."""
    try:
        refuse_bad_hours(hours_from_json(value, day="The exception"), day="The exception")
    except ScheduleError as error:
        raise ValidationError(str(error)) from error
