"""A month as weeks of days, Monday first, by the reader's clock. Pure."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from knowledgebase.training.models import Event

_WEEKS = calendar.Calendar(firstweekday=calendar.MONDAY)


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """One field of the sheet; days of the months beside are empty."""

    date: date
    is_inside: bool
    is_today: bool
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A month, and the first days of those before and after."""

    first: date
    before: date
    after: date
    weeks: tuple[tuple[DayOfMonth, ...], ...]


def sheet_of(first: date, events: Iterable[Event], *, zone: ZoneInfo, today: date) -> Sheet:
    """The month that begins on `first`, with `events` on the days on which they begin."""
    by_day: dict[date, list[Event]] = {}
    for event in events:
        by_day.setdefault(event.starts_at.astimezone(zone).date(), []).append(event)
    weeks = tuple(
        tuple(
            DayOfMonth(day, day.month == first.month, day == today, tuple(by_day.get(day, ())))
            for day in week
        )
        for week in _WEEKS.monthdatescalendar(first.year, first.month)
    )
    return Sheet(first, _next_to(first, by=-1), _next_to(first, by=1), weeks)


def month_named(text: str, *, default: date) -> date:
    """The first day of "2026-11"; of the month of `default` for anything else."""
    try:
        year, month = (int(part) for part in text.split("-"))
        return date(year, month, 1) if 2000 <= year < 2200 else default.replace(day=1)
    except ValueError:
        return default.replace(day=1)


def _next_to(first: date, *, by: int) -> date:
    months = first.year * 12 + first.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)
