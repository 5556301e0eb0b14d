"""The JSON form of a schedule: what a calendar version stores and what vectors carry.

{"timezone": "Australia/Melbourne",
 "weekly": {"mon": [["09:00", "12:30"], ["13:15", "17:00"]]},
 "holidays": ["2026-11-03", {"date": "2026-12-25", "name": "Christmas Day"}],
 "exceptions": [{"date": "2026-12-24", "hours": [["09:00", "12:00"]], "reason": "Party"}]}
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from helpdesk.calendars.working_time.schedule import (
    DatedHours,
    Holiday,
    Hours,
    Schedule,
    ScheduleError,
    clock,
)

WEEKDAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")


def schedule_from_json(data: object) -> Schedule:
    """The schedule that `data` describes. Raises `ScheduleError` with a sentence."""
    calendar = _mapping(data, what="A calendar")
    weekly = _mapping(calendar.get("weekly", {}), what="The weekly hours")
    for key in weekly:
        if key not in WEEKDAY_KEYS:
            raise ScheduleError(f"“{key}” is not a weekday; use {', '.join(WEEKDAY_KEYS)}.")
    return Schedule(
        zone=_text(calendar.get("timezone"), what="The time zone"),
        weekly=tuple(hours_from_json(weekly.get(key, []), day=key) for key in WEEKDAY_KEYS),
        holidays=tuple(map(_holiday, _list(calendar.get("holidays", []), what="The holidays"))),
        exceptions=tuple(
            map(_dated_hours, _list(calendar.get("exceptions", []), what="The exceptions"))
        ),
    )


def schedule_to_json(schedule: Schedule) -> dict[str, Any]:
    """The JSON form of `schedule`; reading it back gives an equal schedule."""
    return {
        "timezone": schedule.zone,
        "weekly": {
            key: hours_to_json(hours)
            for key, hours in zip(WEEKDAY_KEYS, schedule.weekly, strict=True)
            if hours
        },
        "holidays": [
            {"date": holiday.date.isoformat(), "name": holiday.name}
            for holiday in schedule.holidays
        ],
        "exceptions": [
            {
                "date": dated.date.isoformat(),
                "hours": hours_to_json(dated.hours),
                "reason": dated.reason,
            }
            for dated in schedule.exceptions
        ],
    }


def hours_from_json(data: object, *, day: str) -> Hours:
    """The hours that a list such as [["09:00", "12:30"]] means; `day` is for the sentence."""
    intervals: list[tuple[int, int]] = []
    for interval in _list(data, what=f"The hours of {day}"):
        if not isinstance(interval, list | tuple) or len(interval) != 2:
            raise ScheduleError(f"{day}: an interval needs an opening and a closing time.")
        opens, closes = (_minutes(time, day=day) for time in interval)
        intervals.append((opens, closes))
    return tuple(intervals)


def hours_to_json(hours: Hours) -> list[list[str]]:
    """The hours as a list such as [["09:00", "12:30"]]."""
    return [[clock(opens), clock(closes)] for opens, closes in hours]


def _holiday(data: object) -> Holiday:
    if isinstance(data, str):
        return Holiday(_date(data))
    holiday = _mapping(data, what="A holiday")
    return Holiday(_date(holiday.get("date")), _text(holiday.get("name", ""), what="Its name"))


def _dated_hours(data: object) -> DatedHours:
    dated = _mapping(data, what="An exception")
    day = _date(dated.get("date"))
    return DatedHours(
        date=day,
        hours=hours_from_json(dated.get("hours"), day=day.isoformat()),
        reason=_text(dated.get("reason", ""), what="The reason of an exception"),
    )


def _minutes(data: object, *, day: str) -> int:
    match = _TIME.fullmatch(data) if isinstance(data, str) else None
    if match is None:
        raise ScheduleError(f"{day}: “{data}” is not a time of day such as 09:00.")
    return int(match[1]) * 60 + int(match[2])


def _date(data: object) -> date:
    try:
        return date.fromisoformat(_text(data, what="A date"))
    except ValueError as error:
        raise ScheduleError(f"“{data}” is not a date such as 2026-12-25.") from error


def _text(data: object, *, what: str) -> str:
    if not isinstance(data, str):
        raise ScheduleError(f"{what} must be text, not {_kind(data)}.")
    return data


def _list(data: object, *, what: str) -> list[Any]:
    if not isinstance(data, list):
        raise ScheduleError(f"{what} must be a list, not {_kind(data)}.")
    return data


def _mapping(data: object, *, what: str) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise ScheduleError(f"{what} must be an object, not {_kind(data)}.")
    return data


def _kind(data: object) -> str:
    return "nothing" if data is None else type(data).__name__
