"""The last days, one by one: how bad each was and for how long. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from knowledgebase.notices.lifecycle import Impact


@dataclass(frozen=True, slots=True)
class Held:
    """The time in which a notice held; `ended_at` is None while it still does."""

    started_at: datetime
    ended_at: datetime | None
    impact: Impact
    title: str
    pk: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day by the clock of the desk: the worst impact, the minutes affected, what it was."""

    date: date
    impact: Impact
    minutes: int
    notices: tuple[tuple[int, str], ...]


def days_of(held: Sequence[Held], *, now: datetime, zone: ZoneInfo, count: int) -> tuple[Day, ...]:
    """The last `count` days up to today, the oldest first.

    Minutes are those in which anything interrupted the service, each counted once.
    """
    today = now.astimezone(zone).date()
    dates = (today - timedelta(days=back) for back in range(count - 1, -1, -1))
    return tuple(_day(one, held, now=now, zone=zone) for one in dates)


def _day(day: date, held: Sequence[Held], *, now: datetime, zone: ZoneInfo) -> Day:
    start = _midnight(day, zone)
    end = min(now, _midnight(day + timedelta(days=1), zone))
    touching = [
        one
        for one in held
        if one.started_at < end and (one.ended_at is None or one.ended_at > start)
    ]
    bad = [
        (max(one.started_at, start), min(one.ended_at or end, end))
        for one in touching
        if one.impact > Impact.NONE
    ]
    return Day(
        date=day,
        impact=max((one.impact for one in touching), default=Impact.NONE),
        minutes=_minutes(bad),
        notices=tuple((one.pk, one.title) for one in touching),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # In UTC: between two readings of one zone Python subtracts what the clock shows.
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _minutes(spans: list[tuple[datetime, datetime]]) -> int:
    """The length of all spans laid over each other."""
    total, reached = timedelta(), None
    for start, end in sorted(spans):
        begin = start if reached is None else max(start, reached)
        if end > begin:
            total += end - begin
            reached = end
    return int(total.total_seconds() // 60)
