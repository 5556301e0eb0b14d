"""The offset of a zone over time, as plain integers.

`zoneinfo` answers for one instant only and does not list its changes, so they are found by
looking every third day and halving where two looks differ. That finds every change: the two
closest in the whole time zone database lie almost four days apart (Africa/Freetown, 1939).
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = 86_400
BLOCK = 512 * DAY
"""Seconds in one block: the stretch in which zones and calendars are worked out at a time."""
_STRIDE = 3 * DAY

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
# A day short of what a datetime can hold, so that local readings and probes stay inside it.
FIRST = (datetime(1, 1, 3, tzinfo=UTC) - EPOCH) // SECOND
LAST = (datetime(9999, 12, 29, tzinfo=UTC) - EPOCH) // SECOND


class Regime(NamedTuple):
    """A stretch `[start, end)` in which the zone keeps one offset. All in seconds, UTC."""

    start: int
    end: int
    offset: int


def seconds_of(instant: datetime) -> int:
    """Whole seconds from 1970 to an aware `instant`; a fraction is cut off (business-time C1)."""
    return (instant - EPOCH) // SECOND


def instant_of(seconds: int) -> datetime:
    """The instant, in UTC, that lies `seconds` after 1970."""
    return EPOCH + timedelta(seconds=seconds)


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """The zone with that IANA name. Raises `LookupError` with a sentence if there is none."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError, TypeError) as error:
        raise LookupError(
            f"“{name}” is not a time zone. Use a name such as Australia/Melbourne."
        ) from error


@lru_cache(maxsize=4096)
def regimes_of_block(zone: str, index: int) -> tuple[Regime, ...]:
    """The regimes of `zone` in block `index`, which together cover the block."""
    start, end = max(index * BLOCK, FIRST), min((index + 1) * BLOCK, LAST)
    if start >= end:
        return ()
    return tuple(_regimes(zone_named(zone), start, end))


def rules_fingerprint(zone: str) -> str:
    """A short text that changes when new zone rules move any clock between 2020 and 2040."""
    first = seconds_of(datetime(2020, 1, 1, tzinfo=UTC)) // BLOCK
    last = seconds_of(datetime(2040, 1, 1, tzinfo=UTC)) // BLOCK
    regimes = [tuple(r) for index in range(first, last) for r in regimes_of_block(zone, index)]
    return hashlib.sha256(repr(regimes).encode()).hexdigest()[:16]


def _regimes(zone: ZoneInfo, start: int, end: int) -> Iterator[Regime]:
    epoch = datetime(1970, 1, 1, tzinfo=zone)

    def offset_at(seconds: int) -> timedelta:
        # Both readings are of one zone, so their difference is what the wall clock is ahead by.
        utc_reading = epoch + timedelta(0, seconds)
        return zone.fromutc(utc_reading) - utc_reading

    since, seen, offset = start, start, offset_at(start)
    while seen < end:
        probe = min(seen + _STRIDE, end)
        if offset_at(probe) == offset:
            seen = probe
            continue
        seen = _first_change(offset_at, after=seen, until=probe)
        yield Regime(since, seen, offset // SECOND)
        since, offset = seen, offset_at(seen)
    if since < end:
        yield Regime(since, end, offset // SECOND)


def _first_change(offset_at: Callable[[int], timedelta], *, after: int, until: int) -> int:
    """The first second whose offset differs from the one at `after`; `until` is known to."""
    offset = offset_at(after)
    while until - after > 1:
        middle = (after + until) // 2
        if offset_at(middle) == offset:
            after = middle
        else:
            until = middle
    return until
