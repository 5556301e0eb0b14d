"""Checks of single values that people type."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError


def validate_time_zone(value: str) -> None:
    """Raise ValidationError unless `value` is an IANA zone name (an offset is never a zone)."""
    if value and value not in known_zones():
        raise ValidationError(
            "%(value)s is not a time zone. Use a name such as Australia/Melbourne.",
            params={"value": value},
        )


@cache
def known_zones() -> frozenset[str]:
    """Every IANA name. Asking the system walks its files, so it is asked once."""
    return frozenset(available_timezones())
