"""Free times laid out for a reader: a week of days on their own clock."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby

from cases.calls.offering import Offer

DAYS_A_PAGE = 7


@dataclass(frozen=True, slots=True)
class Choice:
    """One time: its value in the form, the reader's clock and, where it differs, the desk's."""

    value: str
    at: datetime
    clock: str
    at_desk: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the reader with its free times."""

    date: date
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The days of one page, and the dates with which the pages beside it begin."""

    days: tuple[Day, ...]
    earlier: date | None
    later: date | None


def first_instant(typed: str, *, now: datetime, zone: tzinfo) -> datetime:
    """Where the page begins: the date in the address, on the reader's clock, or now."""
    try:
        chosen = datetime.combine(date.fromisoformat(typed), time(), tzinfo=zone)
    except (ValueError, OverflowError):
        return now
    return max(chosen, now)


def week_of(offer: Offer, *, now: datetime, zone: tzinfo, desk: tzinfo) -> Week:
    """Lay an offer out for a reader in `zone`; times at the desk are named where they differ."""
    choices = [_choice(slot.starts_at, zone=zone, desk=desk) for slot in offer.slots]
    days = groupby(choices, key=lambda choice: choice.at.astimezone(zone).date())
    start, end = offer.start.astimezone(zone).date(), offer.end.astimezone(zone).date()
    first = now.astimezone(zone).date()
    return Week(
        days=tuple(Day(day, tuple(of_day)) for day, of_day in days),
        earlier=max(start - timedelta(days=DAYS_A_PAGE), first) if start > first else None,
        later=end if offer.end < offer.last else None,
    )


def _choice(at: datetime, *, zone: tzinfo, desk: tzinfo) -> Choice:
    theirs, ours = at.astimezone(zone), at.astimezone(desk)
    is_same = theirs.utcoffset() == ours.utcoffset()
    value = at.isoformat().replace("+00:00", "Z")
    return Choice(value, at, f"{theirs:%H:%M}", "" if is_same else f"{ours:%H:%M}")
