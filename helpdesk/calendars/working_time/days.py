"""Local dates laid over the line of UTC seconds, and what each date says about being open.

This is where the definition lives: a date's hours hold wherever a wall clock of the zone shows
that date. Working piece by piece through stretches of one offset makes every clock change come
out right without a special case (business-time C13): a reading that is skipped lies in no
stretch, one that is repeated lies in two.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from helpdesk.calendars.working_time.schedule import Hours, Schedule
from helpdesk.calendars.working_time.zones import BLOCK, DAY, Regime, regimes_of_block

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_EPOCH_WEEKDAY = date(1970, 1, 1).weekday()


class Cause(StrEnum):
    """Which rule decided about a date's hours; the later ones win (business-time C5)."""

    WEEKLY_HOURS = "weekly_hours"
    HOLIDAY = "holiday"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of one local date, joined, and the rule that gave them; `name` says which one."""

    hours: Hours
    cause: Cause
    name: str


class DayPlan(NamedTuple):
    """One date: opening and closing times in seconds after local midnight, joined; and why."""

    opens: tuple[int, ...]
    closes: tuple[int, ...]
    cause: Cause
    name: str


class LocalDay(NamedTuple):
    """A date's stretch `[start, end)` under one offset; `midnight` is its reading 00:00.

    All in UTC seconds. A date with a clock change has two stretches, with different midnights.
    """

    plan: DayPlan
    midnight: int
    start: int
    end: int


class DayBook:
    """Says what any date's hours are under one schedule (C5)."""

    def __init__(self, schedule: Schedule) -> None:
        self.zone = schedule.zone
        self._week = tuple(
            _plan(hours, cause=Cause.WEEKLY_HOURS, name="") for hours in schedule.weekly
        )
        self._special: dict[int, DayPlan] = {}
        for holiday in schedule.holidays:
            plan = _plan((), cause=Cause.HOLIDAY, name=holiday.name)
            self._special.setdefault(_number(holiday.date), plan)
        for dated in schedule.exceptions:
            plan = _plan(dated.hours, cause=Cause.EXCEPTION, name=dated.reason)
            self._special[_number(dated.date)] = plan

    def hours_on(self, day: date) -> DayHours:
        """The hours of a local date, whether or not its clock shows all of them."""
        [plan] = self._plans(_number(day), _number(day))
        hours = zip(plan.opens, plan.closes, strict=True)
        return DayHours(
            tuple((opens // 60, closes // 60) for opens, closes in hours), plan.cause, plan.name
        )

    def open_segments(self, regime: Regime) -> tuple[list[int], list[int]]:
        """Starts and ends, in UTC seconds and in order, of all open time in `regime`.

        Neighbours may touch.
        """
        since, until, offset = regime
        first, last = (since + offset) // DAY, (until + offset - 1) // DAY
        plans = self._plans(first, last)
        midnights = range(first * DAY - offset, last * DAY - offset + 1, DAY)
        starts = [
            midnight + opens
            for midnight, plan in zip(midnights, plans, strict=True)
            for opens in plan.opens
        ]
        ends = [
            midnight + closes
            for midnight, plan in zip(midnights, plans, strict=True)
            for closes in plan.closes
        ]
        return _clipped(starts, ends, since=since, until=until)

    def local_days(self, start: int, end: int) -> Iterator[LocalDay]:
        """The local dates of `[start, end)` (UTC seconds), in order and without a gap."""
        for index in range(start // BLOCK, (end - 1) // BLOCK + 1):
            for since, until, offset in regimes_of_block(self.zone, index):
                first, last = max(since, start), min(until, end)
                number = (first + offset) // DAY
                while first < last:
                    midnight = number * DAY - offset
                    day_end = min(midnight + DAY, last)
                    [plan] = self._plans(number, number)
                    yield LocalDay(plan, midnight, first, day_end)
                    first, number = day_end, number + 1

    def _plans(self, first: int, last: int) -> list[DayPlan]:
        """The plans of dates `first` to `last`, numbered in days since 1 January 1970."""
        special, week = self._special, self._week
        return [
            special.get(number) or week[(number + _EPOCH_WEEKDAY) % 7]
            for number in range(first, last + 1)
        ]


def _number(day: date) -> int:
    return day.toordinal() - _EPOCH_ORDINAL


def _plan(hours: Hours, *, cause: Cause, name: str) -> DayPlan:
    joined = _joined(hours)
    opens = tuple(opens * 60 for opens, _ in joined)
    return DayPlan(opens, tuple(closes * 60 for _, closes in joined), cause, name)


def _joined(hours: Hours) -> list[tuple[int, int]]:
    """The union of `hours`: sorted, touching and overlapping intervals joined (C4)."""
    joined: list[tuple[int, int]] = []
    for opens, closes in sorted(hours):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return joined


def _clipped(
    starts: list[int], ends: list[int], *, since: int, until: int
) -> tuple[list[int], list[int]]:
    kept = slice(bisect_right(ends, since), bisect_left(starts, until))
    starts, ends = starts[kept], ends[kept]
    if starts:
        starts[0], ends[-1] = max(starts[0], since), min(ends[-1], until)
    return starts, ends
