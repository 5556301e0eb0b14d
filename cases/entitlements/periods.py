"""Periods of a package, month by month from its first day. Pure: dates and zones in."""

from calendar import monthrange
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def period_start(first_day: date, number: int, *, months: int) -> date:
    """The first day of period `number`, counted from 0, of a term that began on `first_day`.

    A day that a month lacks is its last one: periods from 31 January begin on 28 February and
    31 March, so that no later period drifts.
    """
    total = first_day.year * 12 + first_day.month - 1 + number * months
    year, month = divmod(total, 12)
    month += 1
    return date(year, month, min(first_day.day, monthrange(year, month)[1]))


def start_of_day(day: date, *, zone: str) -> datetime:
    """The instant, in UTC, at which `day` begins on a clock in `zone`."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two ends, of which None is never."""
    if one is None or other is None:
        return one or other
    return min(one, other)
