"""Schedules for tests in one line, with hours as people write them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict, Unpack

from helpdesk.calendars.hours_text import parse_hours
from helpdesk.calendars.working_time import DatedHours, Holiday, Schedule, WorkingTime


class Hours(TypedDict, total=False):
    """Lines of hours; `mon_fri` and `daily` fill the days that are not named."""

    daily: str
    mon_fri: str
    mon: str
    tue: str
    wed: str
    thu: str
    fri: str
    sat: str
    sun: str


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def a_schedule(
    zone: str = "Australia/Melbourne",
    *,
    holidays: Mapping[str, str] | None = None,
    exceptions: Mapping[str, str] | None = None,
    **hours: Unpack[Hours],
) -> Schedule:
    """A schedule such as `a_schedule(mon_fri="09:00-17:00", sat="10:00-12:00")`."""
    lines = dict(hours)
    daily = str(lines.get("daily", ""))
    defaults = [str(lines.get("mon_fri", daily))] * 5 + [daily] * 2
    return Schedule(
        zone=zone,
        weekly=tuple(
            parse_hours(str(lines.get(day, default)), day=day)
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


def working_time(zone: str = "Australia/Melbourne", **hours: Unpack[Hours]) -> WorkingTime:
    return WorkingTime(a_schedule(zone, **hours))


def at(text: str) -> datetime:
    """The instant of a text such as `2026-05-12T00:30:00Z`."""
    return datetime.fromisoformat(text)
