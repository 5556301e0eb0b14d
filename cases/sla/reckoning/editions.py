"""A calendar as one of its versions leaves it: what held before, and what it knows of later."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from helpdesk.calendars.working_time import Span, WorkingTime

_ALWAYS = datetime(1, 1, 3, tzinfo=UTC)
_NEVER = datetime(9999, 12, 29, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Piece:
    """A version of a calendar: its number, since when it holds, how to get its arithmetic."""

    number: int
    effective_at: datetime
    working_time: Callable[[], WorkingTime]


class _Stretch(NamedTuple):
    start: datetime
    end: datetime
    working_time: Callable[[], WorkingTime]


class Edition:
    """Counts working time across the versions of a calendar, each in the time it holds.

    So an edit changes nothing before its effective instant, and hours that were published ahead
    are in a promise from the start. An edition never changes: a later version makes another one.
    """

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._stretches = _stretches(pieces)
        self._starts = [stretch.start for stretch in self._stretches]

    def working_time_at(self, at: datetime) -> WorkingTime:
        """The arithmetic of the version that holds at `at`."""
        return self._stretch_at(at).working_time()

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Open seconds in `[start, end)`; 0 when `end` is not after `start`."""
        return sum(
            stretch.working_time().elapsed(stretch.start, stretch.end)
            for stretch in self._within(start, end)
        )

    def add(self, start: datetime, seconds: int) -> datetime | None:
        """The earliest instant from `start` on with `seconds` open ones in between, or None."""
        missing = seconds
        for stretch in self._within(start, _NEVER):
            working_time = stretch.working_time()
            if stretch.end < _NEVER:
                counted = working_time.elapsed(stretch.start, stretch.end)
                if counted < missing:
                    missing -= counted
                    continue
            return working_time.add(stretch.start, missing)
        return None

    def spans(self, start: datetime, end: datetime) -> tuple[Span, ...]:
        """The stretches of `[start, end)`, counted or skipped, each with its cause, in order."""
        return tuple(
            span
            for stretch in self._within(start, end)
            for span in stretch.working_time().spans(stretch.start, stretch.end)
        )

    def _within(self, start: datetime, end: datetime) -> Iterator[_Stretch]:
        """The stretches of `[start, end)`, cut to it."""
        if end <= start:
            return
        for stretch in self._stretches[self._index_at(start) :]:
            if stretch.start >= end:
                return
            yield _Stretch(max(stretch.start, start), min(stretch.end, end), stretch.working_time)

    def _stretch_at(self, at: datetime) -> _Stretch:
        return self._stretches[self._index_at(at)]

    def _index_at(self, at: datetime) -> int:
        return max(bisect_right(self._starts, at) - 1, 0)


def _stretches(pieces: Iterable[Piece]) -> list[_Stretch]:
    """Which version holds when: the latest to take effect, of the same instant the newest."""
    holding = {
        piece.effective_at: piece
        for piece in sorted(pieces, key=lambda piece: (piece.effective_at, piece.number))
    }
    if not holding:
        raise ValueError("A calendar without any version has no hours.")
    starts = [_ALWAYS, *list(holding)[1:]]  # before the first version, the first
    return [
        _Stretch(start, end, piece.working_time)
        for start, end, piece in zip(starts, [*starts[1:], _NEVER], holding.values(), strict=True)
    ]
