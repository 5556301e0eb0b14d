"""Whether a desk is open, and which days ahead are different, in words for people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from helpdesk.calendars.hours_text import text_of_hours
from helpdesk.calendars.models import Calendar
from helpdesk.calendars.versions import Stretch, stretches, weekly_of, working_time_of
from helpdesk.calendars.working_time import HORIZON_DAYS, Cause, Hours, Schedule, compiled


@dataclass(frozen=True)
class Status:
    """Whether a calendar is open now and until when; `sentence` says it."""

    is_open: bool
    closes_at: datetime | None
    opens_at: datetime | None
    sentence: str


@dataclass(frozen=True)
class ChangedDay:
    """A date ahead whose hours are not the usual ones of its weekday.

    `name` is the holiday or the reason; empty when the weekly hours themselves change.
    """

    date: date
    hours: Hours
    usual_hours: Hours
    cause: Cause
    name: str

    @property
    def hours_text(self) -> str:
        return text_of_hours(self.hours)

    @property
    def usual_hours_text(self) -> str:
        return text_of_hours(self.usual_hours)


def status_of(calendar: Calendar, *, now: datetime, reader_zone: str) -> Status:
    """Whether `calendar` is open at `now`, with a sentence in its own and the reader's time."""
    ahead = stretches(calendar, start=now, end=now + timedelta(days=HORIZON_DAYS))
    working_time = working_time_of(ahead[0].version)
    is_open = working_time.is_open(now)
    changes_at = _next_change(ahead, is_open=is_open)
    local_date = now.astimezone(ZoneInfo(calendar.time_zone)).date()
    today = working_time.hours_on(local_date)
    sentence = opening_sentence(
        is_open=is_open,
        changes_at=changes_at,
        reason="" if today.hours else today.name,
        now=now,
        desk_zone=calendar.time_zone,
        reader_zone=reader_zone,
    )
    closes_at, opens_at = (changes_at, None) if is_open else (None, changes_at)
    return Status(is_open, closes_at, opens_at, sentence)


def changed_days(calendar: Calendar, *, now: datetime, days: int) -> list[ChangedDay]:
    """The dates of the next `days` days, today first, whose hours differ from this week's rule."""
    zone = ZoneInfo(calendar.time_zone)
    today = now.astimezone(zone).date()
    ahead = stretches(calendar, start=now, end=now + timedelta(days=days + 1))
    week = compiled(Schedule(calendar.time_zone, weekly_of(ahead[0].version)))
    changed = []
    for day in (today + timedelta(days=number) for number in range(days)):
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
        holding = [stretch for stretch in ahead if stretch.start <= noon] or ahead[:1]
        told, usual = working_time_of(holding[-1].version).hours_on(day), week.hours_on(day)
        if told.hours != usual.hours:
            changed.append(ChangedDay(day, told.hours, usual.hours, told.cause, told.name))
    return changed


def opening_sentence(
    *,
    is_open: bool,
    changes_at: datetime | None,
    reason: str,
    now: datetime,
    desk_zone: str,
    reader_zone: str,
) -> str:
    """Such as "Open, closes today at 17:00 (Melbourne), 19:00 your time".

    `reason` is the holiday or exception that closes the whole day, or empty. The reader's time
    is left out where it is the same, and has its weekday where that differs.
    """
    state = "Open" if is_open else f"Closed for {reason}" if reason else "Closed"
    if changes_at is None:
        return "Open around the clock" if is_open else f"{state}, with no opening planned"
    at_desk = changes_at.astimezone(ZoneInfo(desk_zone))
    at_reader = changes_at.astimezone(ZoneInfo(reader_zone))
    today = now.astimezone(ZoneInfo(desk_zone)).date()
    verb = "closes" if is_open else "opens"
    told = f"{state}, {verb} {_day_words(at_desk.date(), today=today)} at {at_desk:%H:%M}"
    told += f" ({place_of(desk_zone)})"
    if at_reader.utcoffset() == at_desk.utcoffset():
        return told
    weekday = "" if at_reader.date() == at_desk.date() else f"{at_reader:%A} "
    return f"{told}, {weekday}{at_reader:%H:%M} your time"


def place_of(zone: str) -> str:
    """The place that a zone is named after: "Australia/Lord_Howe" is "Lord Howe"."""
    return zone.rpartition("/")[2].replace("_", " ")


def _next_change(ahead: list[Stretch], *, is_open: bool) -> datetime | None:
    for stretch in ahead:
        working_time = working_time_of(stretch.version)
        if working_time.is_open(stretch.start) != is_open:
            return stretch.start
        find = working_time.next_close if is_open else working_time.next_open
        change = find(stretch.start)
        if change is not None and change < stretch.end:
            return change
    return None


def _day_words(day: date, *, today: date) -> str:
    days_ahead = (day - today).days
    if days_ahead == 0:
        return "today"
    if days_ahead == 1:
        return "tomorrow"
    if days_ahead < 7:
        return f"{day:%A}"
    return f"on {day.day} {day:%B %Y}"
