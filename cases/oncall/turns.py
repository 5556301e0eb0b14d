"""Who is on call when: a pure reading of a rota, by the clock on the wall.

A shift that begins at 09:00 begins at 09:00 on both sides of a clock change, so one night of the
year is an hour longer and one an hour shorter. A time that the clocks skip is taken as much later
as they skip; of a time that they show twice the first counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody's hours, every `every_weeks` weeks from `first_on` on.

    It begins at `starts_at` and ends `days` days later at `ends_at`, both on the wall. The last
    one begins no later than `until_on`.
    """

    person: int
    first_on: date
    starts_at: time
    days: int
    ends_at: time
    every_weeks: int = 1
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody stands in from `start` to `end`; of two the one made later counts."""

    person: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Layer:
    """One line of the rota, such as the primary: its shifts, its overrides as they were made."""

    name: str
    shifts: tuple[Shift, ...] = ()
    overrides: tuple[Override, ...] = ()

    @property
    def everybody(self) -> set[int]:
        """Whoever may be on call in it."""
        return {one.person for one in self.shifts} | {one.person for one in self.overrides}


@dataclass(frozen=True, slots=True)
class Turn:
    """`person` is on call in `layer` from `start` to `end`."""

    layer: str
    person: int
    start: datetime
    end: datetime
    is_override: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody is on call in `layer` from `start` to `end`."""

    layer: str
    start: datetime
    end: datetime


def on_call(layers: tuple[Layer, ...], *, zone: str, at: datetime) -> list[Turn]:
    """Return the turn that holds at `at` in each layer that has one, in the order of layers."""
    found = []
    for layer in layers:
        held = turns(layer, zone=zone, start=at, end=at + timedelta(microseconds=1))
        found += held[:1]
    return found


def turns(layer: Layer, *, zone: str, start: datetime, end: datetime) -> list[Turn]:
    """Return who is on call in `[start, end)`, in order, cut to it, without overlaps.

    Where shifts overlap, the one that began later counts.
    """
    candidates = _candidates(layer, zone=zone, start=start, end=end)
    edges = sorted({start, end, *(edge for one in candidates for edge in one.edges)})
    found: list[Turn] = []
    for since, until in pairwise(edges):
        if since < start or until > end:
            continue
        holding = [one for one in candidates if one.start <= since and until <= one.end]
        if not holding:
            continue
        best = max(holding, key=lambda one: one.rank)
        _append(found, Turn(layer.name, best.person, since, until, best.is_override))
    return found


def gaps(layer: Layer, *, zone: str, start: datetime, end: datetime) -> list[Gap]:
    """Return the stretches of `[start, end)` in which nobody of the layer is on call."""
    found, covered_until = [], start
    for turn in turns(layer, zone=zone, start=start, end=end):
        if turn.start > covered_until:
            found.append(Gap(layer.name, covered_until, turn.start))
        covered_until = turn.end
    if covered_until < end:
        found.append(Gap(layer.name, covered_until, end))
    return found


def occurrences(
    shift: Shift, *, zone: str, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Yield beginning and end of each time that `shift` comes round and touches `[start, end)`."""
    tz = ZoneInfo(zone)
    period = shift.every_weeks * WEEK
    # A day more at the beginning, since dates of a zone and of UTC differ by up to one.
    earliest = start.astimezone(tz).date() - timedelta(days=shift.days + 1)
    number = max((earliest - shift.first_on) // period, 0)
    while (day := shift.first_on + number * period) <= end.astimezone(tz).date():
        number += 1
        if shift.until_on is not None and day > shift.until_on:
            return
        begins = _on_the_wall(day, shift.starts_at, tz)
        ends = _on_the_wall(day + shift.days * DAY, shift.ends_at, tz)
        if begins < ends and begins < end and start < ends:
            yield begins, ends


def _on_the_wall(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class _Candidate:
    person: int
    start: datetime
    end: datetime
    is_override: bool
    number: int

    @property
    def edges(self) -> tuple[datetime, datetime]:
        return self.start, self.end

    @property
    def rank(self) -> tuple[bool, datetime | int, int]:
        """Overrides before shifts; of overrides the latest made, of shifts the latest begun."""
        return self.is_override, self.number if self.is_override else self.start, self.number


def _candidates(layer: Layer, *, zone: str, start: datetime, end: datetime) -> list[_Candidate]:
    found = [
        _Candidate(shift.person, *stretch, False, number)
        for number, shift in enumerate(layer.shifts)
        for stretch in occurrences(shift, zone=zone, start=start, end=end)
    ]
    found += [
        _Candidate(one.person, one.start, one.end, True, number)
        for number, one in enumerate(layer.overrides)
        if one.start < end and start < one.end
    ]
    return found


def _append(found: list[Turn], turn: Turn) -> None:
    """Add a turn, joined to the one before when that goes on without a change."""
    last = found[-1] if found else None
    if (
        last is not None
        and last.end == turn.start
        and (last.person, last.is_override) == (turn.person, turn.is_override)
    ):
        found[-1] = Turn(turn.layer, turn.person, last.start, turn.end, turn.is_override)
    else:
        found.append(turn)
