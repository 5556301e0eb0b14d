"""What a calendar says, as plain values: weekly hours, holidays, exceptions, zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from helpdesk.calendars.working_time.zones import zone_named

MINUTES_A_DAY = 24 * 60
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Hours = tuple[tuple[int, int], ...]
"""Open intervals of one date, each `(open, close)` in minutes after local midnight (0 to 1440)."""

Weekly = tuple[Hours, ...]
"""The hours of seven weekdays, Monday first."""


class ScheduleError(ValueError):
    """A schedule that cannot be meant; the message is a sentence for whoever typed it."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A local date of the calendar's zone on which nothing is open."""

    date: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class DatedHours:
    """An exception: the hours of one local date, whatever the week or a holiday says.

    No hours means closed.
    """

    date: date
    hours: Hours
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything that decides whether an instant is open.

    `zone` is an IANA name. A weekday without hours is closed. Raises `ScheduleError` for an
    unknown zone, hours that close before they open, or a second exception for the same date
    (business-time C1, C3, C5).
    """

    zone: str
    weekly: Weekly
    holidays: tuple[Holiday, ...] = ()
    exceptions: tuple[DatedHours, ...] = ()

    def __post_init__(self) -> None:
        _refuse_unknown_zone(self.zone)
        if len(self.weekly) != len(WEEKDAYS):
            raise ScheduleError("The weekly hours need seven days, Monday first.")
        for weekday, hours in zip(WEEKDAYS, self.weekly, strict=True):
            refuse_bad_hours(hours, day=weekday)
        for exception in self.exceptions:
            refuse_bad_hours(exception.hours, day=exception.date.isoformat())
        _refuse_repeated_dates(exception.date for exception in self.exceptions)


def clock(minutes: int) -> str:
    """`minutes` after midnight as `HH:MM`; the end of the day is `24:00`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def refuse_bad_hours(hours: Hours, *, day: str) -> None:
    """Raise `ScheduleError`, naming `day`, unless each interval closes after it opens."""
    for opens, closes in hours:
        if not 0 <= opens < MINUTES_A_DAY or not 0 < closes <= MINUTES_A_DAY:
            raise ScheduleError(f"{day}: hours must lie between 00:00 and 24:00.")
        if closes <= opens:
            raise ScheduleError(
                f"{day}: {clock(opens)}-{clock(closes)} does not close after it opens. "
                "Hours over midnight are two entries: 22:00-24:00, and 00:00-02:00 the next day."
            )


def _refuse_unknown_zone(zone: str) -> None:
    try:
        zone_named(zone)
    except LookupError as error:
        raise ScheduleError(str(error)) from error


def _refuse_repeated_dates(dates: Iterable[date]) -> None:
    for earlier, later in pairwise(sorted(dates)):
        if earlier == later:
            raise ScheduleError(f"{later.isoformat()} has two exceptions; a date can have one.")
