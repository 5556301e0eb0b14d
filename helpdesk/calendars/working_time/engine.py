"""The arithmetic: counting open seconds forwards and between two instants.

Open time is kept as sorted integer lists (start, end, running total), worked out one block at
a time when first asked for. A count within a block is a look-up at each end; a longer one adds
the totals of the blocks between.
"""

from bisect import bisect_left, bisect_right
from datetime import date, datetime
from functools import lru_cache
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from helpdesk.calendars.working_time.days import DayBook, DayHours
from helpdesk.calendars.working_time.schedule import Schedule
from helpdesk.calendars.working_time.spans import Span, spans_between
from helpdesk.calendars.working_time.zones import (
    BLOCK,
    DAY,
    LAST,
    instant_of,
    regimes_of_block,
    seconds_of,
)

HORIZON_DAYS = 3_660
"""A calendar with nothing open for this many days counts as never opening (C11)."""
_HORIZON = HORIZON_DAYS * DAY
_BLOCKS_KEPT = 128


class Block(NamedTuple):
    """Open segments `[starts[i], ends[i])` of one block; `totals[i]` counts up to `ends[i]`."""

    starts: list[int]
    ends: list[int]
    totals: list[int]
    total: int

    def counted_before(self, second: int) -> int:
        """Open seconds of this block before `second`."""
        index = bisect_right(self.starts, second) - 1
        if index < 0:
            return 0
        return self.totals[index] - max(self.ends[index] - second, 0)

    def second_at(self, count: int) -> int:
        """The earliest second with `count` open ones before it; `0 < count <= total`."""
        index = bisect_left(self.totals, count)
        return self.ends[index] - (self.totals[index] - count)


@lru_cache(maxsize=128)
def compiled(schedule: Schedule) -> "WorkingTime":
    """The arithmetic of `schedule`; the last 128 are kept, with what they have worked out."""
    return WorkingTime(schedule)


class WorkingTime:
    """Counts open time under one schedule. Instants are aware datetimes, amounts seconds.

    Answers are in UTC. The rules are those of the business-time page, cited as C1 to C13.
    """

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self._book = DayBook(schedule)
        self._blocks: dict[int, Block] = {}

    def is_open(self, at: datetime) -> bool:
        """Whether a wall clock in the zone shows an opening hour at that instant (C7)."""
        second = seconds_of(at)
        block = self._block(second // BLOCK)
        index = bisect_right(block.starts, second) - 1
        return index >= 0 and second < block.ends[index]

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Open seconds in `[start, end)`; 0 when `end` is not after `start` (C8)."""
        first, last = seconds_of(start), seconds_of(end)
        if last <= first:
            return 0
        first_index, last_index = first // BLOCK, last // BLOCK
        before = self._block(first_index).counted_before(first)
        count = self._block(last_index).counted_before(last) - before
        for index in range(first_index, last_index):
            count += self._block(index).total
        return count

    def add(self, start: datetime, seconds: int) -> datetime | None:
        """The earliest instant from `start` on with `seconds` open ones in between (C9).

        None if the calendar never opens for that long again (C11). Raises `ValueError` for a
        negative amount (C12).
        """
        if seconds < 0:
            raise ValueError(f"An amount of working time cannot be negative ({seconds} seconds).")
        first = seconds_of(start)
        found = first if seconds == 0 else self._reach(first, seconds)
        return None if found is None else instant_of(found)

    def next_open(self, at: datetime) -> datetime | None:
        """`at` itself if open, else the next opening; None if there is none (C10, C11)."""
        after_one = self._reach(seconds_of(at), 1)
        return None if after_one is None else instant_of(after_one - 1)

    def next_close(self, at: datetime) -> datetime | None:
        """The earliest closed instant from `at` on; None if open throughout the horizon."""
        second = seconds_of(at)
        limit = second + _HORIZON
        while second <= limit:
            block = self._block(second // BLOCK)
            index = bisect_right(block.starts, second) - 1
            if index < 0 or block.ends[index] <= second:
                return instant_of(second)
            second = block.ends[index]
        return None

    def spans(self, start: datetime, end: datetime) -> tuple[Span, ...]:
        """The stretches of `[start, end)`, counted or skipped, each with its cause, in order."""
        return tuple(spans_between(self._book, seconds_of(start), seconds_of(end)))

    def hours_on(self, day: date) -> DayHours:
        """What the schedule says about a local date, and by which rule (C5)."""
        return self._book.hours_on(day)

    def _reach(self, first: int, seconds: int) -> int | None:
        if seconds > LAST - first:
            return None
        index = first // BLOCK
        missing = seconds + self._block(index).counted_before(first)
        limit = first + _HORIZON
        while index * BLOCK <= min(limit, LAST):
            block = self._block(index)
            if block.starts and block.starts[0] > limit:
                return None
            if block.total >= missing:
                return block.second_at(missing)
            missing -= block.total
            if block.ends:
                limit = max(limit, block.ends[-1] + _HORIZON)
            index += 1
        return None

    def _block(self, index: int) -> Block:
        block = self._blocks.get(index)
        if block is None:
            if len(self._blocks) >= _BLOCKS_KEPT:
                self._blocks.clear()
            block = self._blocks[index] = _worked_out(self._book, index)
        return block


def _worked_out(book: DayBook, index: int) -> Block:
    starts: list[int] = []
    ends: list[int] = []
    for regime in regimes_of_block(book.zone, index):
        opened, closed = book.open_segments(regime)
        starts += opened
        ends += closed
    # Joined, so that a desk that never closes is one segment and not one a day.
    touching = set(starts).intersection(ends)
    if touching:
        starts = [start for start in starts if start not in touching]
        ends = [end for end in ends if end not in touching]
    totals = list(accumulate(map(sub, ends, starts)))
    return Block(starts, ends, totals, totals[-1] if totals else 0)
