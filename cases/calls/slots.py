"""Which times can be offered for a call. Pure: diaries and the office's hours in, slots out.

Everything is an instant in UTC or an elapsed length, so clock changes need no rule: hours are laid
over the clock of their own zone by `working_time`, the rest is arithmetic of instants.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from helpdesk.calendars.working_time import Schedule, Weekly, compiled

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STEP = timedelta(minutes=30)
"""Calls begin on the half hour (UTC), which in nearly every zone is one too."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time `[start, end)`."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Stretch") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """When one agent can take calls.

    `weekly` are hours on a clock in `zone`. `calls` are booked calls, each with the pause after it
    that belongs to it; `calls_a_day` counts those that begin on a date of that zone.
    """

    agent: int
    zone: str
    weekly: Weekly
    away: tuple[Stretch, ...] = ()
    calls: tuple[Stretch, ...] = ()
    calls_a_day: int = 4
    buffer_minutes: int = 15


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be booked, and the agents who are free then."""

    starts_at: datetime
    agents: tuple[int, ...]


def free_slots(
    diaries: Iterable[Diary],
    *,
    office: Sequence[Stretch],
    minutes: int,
    earliest: datetime,
    latest: datetime,
) -> tuple[Slot, ...]:
    """The times in `[earliest, latest)` at which a call of `minutes` may begin, in order.

    It lies wholly within the open stretches of the office and the agent's hours, touches no
    absence and no other call with its pause, and is one more than the agent's day allows nowhere.
    """
    found: dict[datetime, list[int]] = defaultdict(list)
    for diary in diaries:
        for start in _starts(diary, office, timedelta(minutes=minutes), earliest, latest):
            found[start].append(diary.agent)
    return tuple(Slot(start, tuple(found[start])) for start in sorted(found))


def agents_free_at(
    diaries: Iterable[Diary], *, office: Sequence[Stretch], minutes: int, starts_at: datetime
) -> tuple[int, ...]:
    """The agents who can take a call that begins exactly then."""
    until = starts_at + timedelta(microseconds=1)
    slots = free_slots(diaries, office=office, minutes=minutes, earliest=starts_at, latest=until)
    return slots[0].agents if slots else ()


def is_on_the_step(at: datetime) -> bool:
    return not (at - EPOCH) % STEP


def _starts(
    diary: Diary,
    office: Sequence[Stretch],
    length: timedelta,
    earliest: datetime,
    latest: datetime,
) -> Iterator[datetime]:
    pause = timedelta(minutes=diary.buffer_minutes)
    counts = Counter(_day(call.start, diary) for call in diary.calls)
    open_hours = compiled(Schedule(diary.zone, diary.weekly)).spans(earliest, latest + length)
    hours = [Stretch(span.start, span.end) for span in open_hours if span.is_counted]
    for free in _without(_common(office, hours), diary.away):
        start = _on_the_step(max(free.start, earliest))
        while start + length <= free.end and start < latest:
            taken = Stretch(start, start + length + pause)
            is_full = counts[_day(start, diary)] >= diary.calls_a_day
            if not is_full and not any(taken.overlaps(call) for call in diary.calls):
                yield start
            start += STEP


def _common(one: Sequence[Stretch], other: Sequence[Stretch]) -> Iterator[Stretch]:
    """What lies in both; each of them is in order and without overlaps."""
    for first in one:
        for second in other:
            if first.overlaps(second):
                yield Stretch(max(first.start, second.start), min(first.end, second.end))


def _without(stretches: Iterable[Stretch], away: Sequence[Stretch]) -> Iterator[Stretch]:
    """What is left once the absences are cut out."""
    for stretch in stretches:
        start = stretch.start
        for gone in sorted(away, key=lambda absence: absence.start):
            if start < gone.end and gone.start < stretch.end:
                if start < gone.start:
                    yield Stretch(start, gone.start)
                start = max(start, gone.end)
        if start < stretch.end:
            yield Stretch(start, stretch.end)


def _on_the_step(at: datetime) -> datetime:
    """`at`, or the next time on the step after it."""
    return at + -(at - EPOCH) % STEP


def _day(at: datetime, diary: Diary) -> date:
    return at.astimezone(ZoneInfo(diary.zone)).date()
