"""A stretch of time cut into what counted and what did not, each piece with its cause."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from helpdesk.calendars.working_time.days import Cause, DayBook, DayPlan
from helpdesk.calendars.working_time.zones import instant_of


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch `[start, end)` in UTC, all of it counted or all of it skipped.

    `cause` is the rule that decided; `name` is the holiday's name or the exception's reason.
    """

    start: datetime
    end: datetime
    is_counted: bool
    cause: Cause
    name: str

    @property
    def seconds(self) -> int:
        """How long it is; these seconds counted only if `is_counted`."""
        return int((self.end - self.start).total_seconds())


def spans_between(book: DayBook, start: int, end: int) -> Iterator[Span]:
    """The spans of `[start, end)` (UTC seconds), in order; alike neighbours are one span."""
    for (is_counted, cause, name), pieces in groupby(_pieces(book, start, end), key=_ruling):
        run = list(pieces)
        start_at, end_at = instant_of(run[0].start), instant_of(run[-1].end)
        yield Span(start_at, end_at, is_counted, cause, name)


class _Piece(NamedTuple):
    start: int
    end: int
    is_counted: bool
    plan: DayPlan


def _pieces(book: DayBook, start: int, end: int) -> Iterator[_Piece]:
    for plan, midnight, first, last in book.local_days(start, end):
        reached = first
        for opens, closes in zip(plan.opens, plan.closes, strict=True):
            counted_from, counted_to = max(midnight + opens, first), min(midnight + closes, last)
            if counted_from >= counted_to:
                continue
            if reached < counted_from:
                yield _Piece(reached, counted_from, False, plan)
            yield _Piece(counted_from, counted_to, True, plan)
            reached = counted_to
        if reached < last:
            yield _Piece(reached, last, False, plan)


def _ruling(piece: _Piece) -> tuple[bool, Cause, str]:
    return piece.is_counted, piece.plan.cause, piece.plan.name
