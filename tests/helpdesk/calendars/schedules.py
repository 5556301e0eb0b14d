"""Schedules for tests in one line, with hours as people write them."""

from collections.abc import Mapping
from datetime import date, datetime

from helpdesk.calendars.hours_text import parse_hours
from helpdesk.calendars.working_time import DatedHours, Holiday, Schedule, WorkingTime

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def a_schedule(
    zone: str = "Australia/Melbourne",
    *,
    holidays: Mapping[str, str] | None = None,
    exceptions: Mapping[str, str] | None = None,
    **hours: str,
) -> Schedule:
    """A schedule such as `a_schedule(mon_fri="09:00-17:00", sat="10:00-12:00")`.

    `mon_fri` and `daily` fill the days that are not named.
    """
    daily = hours.pop("daily", "")
    workdays = hours.pop("mon_fri", daily)
    defaults = [workdays] * 5 + [daily] * 2
    return Schedule(
        zone=zone,
        weekly=tuple(
            parse_hours(hours.get(day, default), day=day)
            for day, default in zip(DAYS, defaults, strict=True)
        ),
        holidays=tuple(
            Holiday(date.fromisoformat(day), name) for day, name in (holidays or {}).items()
        ),
        exceptions=tuple(
            DatedHours(date.fromisoformat(day), parse_hours(text, day=day), "Special day")
            for day, text in (exceptions or {}).items()
        ),
    )


def working_time(zone: str = "Australia/Melbourne", **hours: str) -> WorkingTime:
    return WorkingTime(a_schedule(zone, **hours))


def at(text: str) -> datetime:
    """The instant of a text such as `2026-05-12T00:30:00Z`."""
    return datetime.fromisoformat(text)
