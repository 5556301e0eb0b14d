"""The figures of a day, added up from the kept rows of its hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, Sum
from django.db.models.functions import TruncDate

from chat.measures.models import Figures

_SUMMED = (
    "begun",
    "messages",
    "accepted",
    "answered",
    "abandoned",
    "wait_seconds",
    "reply_seconds",
    "good",
    "bad",
)
_LARGEST = ("longest_wait", "most_at_once")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The chats that began on one day of the desk. Times are in seconds, shares from 0 to 1.

    A mean or a share of nothing is None.
    """

    on: date
    begun: int = 0
    messages: int = 0
    accepted: int = 0
    answered: int = 0
    abandoned: int = 0
    wait_seconds: int = 0
    reply_seconds: int = 0
    good: int = 0
    bad: int = 0
    longest_wait: int = 0
    most_at_once: int = 0

    @property
    def mean_wait(self) -> float | None:
        return self.wait_seconds / self.accepted if self.accepted else None

    @property
    def mean_reply(self) -> float | None:
        return self.reply_seconds / self.answered if self.answered else None

    @property
    def share_abandoned(self) -> float | None:
        return self.abandoned / self.begun if self.begun else None

    @property
    def share_good(self) -> float | None:
        rated = self.good + self.bad
        return self.good / rated if rated else None


def days(*, now: datetime, zone: ZoneInfo, count: int) -> list[Day]:
    """The last `count` days of the desk, today first, quiet ones too."""
    today = now.astimezone(zone).date()
    first = today - timedelta(days=count - 1)
    since = datetime.combine(first, datetime.min.time(), tzinfo=zone)
    rows = (
        Figures.objects.filter(hour_at__gte=since)
        .values(on=TruncDate("hour_at", tzinfo=zone))
        .annotate(
            **{f"sum_{name}": Sum(name) for name in _SUMMED},
            **{f"sum_{name}": Max(name) for name in _LARGEST},
        )
    )
    kept = {row["on"]: _day(row) for row in rows}
    dates = [today - timedelta(days=back) for back in range(count)]
    return [kept.get(on, Day(on=on)) for on in dates]


def _day(row: Mapping[str, object]) -> Day:
    figures = {name: int(str(row[f"sum_{name}"])) for name in (*_SUMMED, *_LARGEST)}
    on = row["on"]
    assert isinstance(on, date)  # noqa: S101 - it is a date, as asked
    return Day(on=on, **figures)
