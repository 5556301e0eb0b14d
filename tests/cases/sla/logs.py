"""Logs of events in one line each, for the pure rules.

Times are Melbourne wall-clock times in the week of Monday 11 May 2026 ("Tue 10:00"; "Mon+1 09:00"
is the Monday after). `OFFICE` is Monday to Friday 09-17, `ALWAYS` is round the clock.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from cases.sla.reckoning import Edition, Event, EventKind, Piece, TimerState, fold
from helpdesk.calendars.working_time import WorkingTime
from tests.helpdesk.calendars.schedules import DAYS, a_schedule

HOUR = 3_600
OFFICE, ALWAYS, OFFICE_WITHOUT_WEDNESDAY, NEVER = 1, 2, 3, 4
MONDAY = datetime(2026, 5, 11, tzinfo=ZoneInfo("Australia/Melbourne"))
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


def edition(*versions: tuple[datetime, WorkingTime]) -> Edition:
    """The edition of a calendar with these versions, oldest number first."""
    return Edition(
        Piece(number, since, partial(_same, arithmetic))
        for number, (since, arithmetic) in enumerate(versions, start=1)
    )


def _same(arithmetic: WorkingTime) -> WorkingTime:
    return arithmetic


OFFICE_HOURS = WorkingTime(a_schedule(mon_fri="09:00-17:00"))
WEDNESDAY_OFF = WorkingTime(a_schedule(mon_fri="09:00-17:00", holidays={"2026-05-13": "Fair Day"}))
EDITIONS = {
    OFFICE: edition((LONG_AGO, OFFICE_HOURS)),
    ALWAYS: edition((LONG_AGO, WorkingTime(a_schedule(daily="00:00-24:00")))),
    OFFICE_WITHOUT_WEDNESDAY: edition((LONG_AGO, WEDNESDAY_OFF)),
    NEVER: edition((LONG_AGO, WorkingTime(a_schedule()))),
}
clock_of = EDITIONS.__getitem__


def on(text: str) -> datetime:
    """The instant of a reading such as "Tue 10:00" or "Mon+1 09:00:01"."""
    day, reading = text.split()
    weekday, _, weeks = day.partition("+")
    date = MONDAY + timedelta(days=DAYS.index(weekday.lower()) + 7 * int(weeks or 0))
    parts = [int(part) for part in reading.split(":")]
    seconds = parts[2] if len(parts) > 2 else 0
    return date.replace(hour=parts[0], minute=parts[1], second=seconds).astimezone(UTC)


def start(text: str, *, hours: float = 8, calendar: int = OFFICE, cap: str = "") -> Event:
    return Event(
        kind=EventKind.START,
        at=on(text),
        target_seconds=int(hours * HOUR),
        calendar=calendar,
        no_later_than=on(cap) if cap else None,
    )


def retarget(text: str, *, hours: float, calendar: int = OFFICE, cap: str = "") -> Event:
    return Event(
        kind=EventKind.RETARGET,
        at=on(text),
        target_seconds=int(hours * HOUR),
        calendar=calendar,
        no_later_than=on(cap) if cap else None,
    )


def recalendar(text: str, calendar: int) -> Event:
    return Event(kind=EventKind.RECALENDAR, at=on(text), calendar=calendar)


def pause(text: str) -> Event:
    return Event(kind=EventKind.PAUSE, at=on(text))


def resume(text: str, *, reopens: bool = False) -> Event:
    return Event(kind=EventKind.RESUME, at=on(text), reopens=reopens)


def stop(text: str) -> Event:
    return Event(kind=EventKind.STOP, at=on(text))


def cancel(text: str) -> Event:
    return Event(kind=EventKind.CANCEL, at=on(text))


def after(*events: Event, until: str = "") -> TimerState:
    """The timer after these events."""
    return fold(events, clock_of, until=on(until) if until else None)
