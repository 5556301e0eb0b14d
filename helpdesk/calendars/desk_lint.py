"""What is wrong, or soon will be, with the time of the whole desk.

Every calendar by itself, calendars against each other, and what the rooms add: a room names a
function in `settings.CALENDAR_CHECKS`, so that this floor knows no room.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from helpdesk.calendars.lint import DAYS_AHEAD, Finding, Severity, lint_calendar
from helpdesk.calendars.models import Calendar, CalendarVersion
from helpdesk.calendars.versions import stretches, working_time_of


@dataclass(frozen=True, slots=True)
class DeskFinding:
    """A finding and what it is about: a calendar, or something of a room."""

    subject: str
    finding: Finding


Check = Callable[[datetime, datetime], Iterable[DeskFinding]]
"""Looks from an instant to another; named in `settings.CALENDAR_CHECKS`."""


def lint_desk(*, now: datetime) -> list[DeskFinding]:
    """Everything to look at in the next 400 days, worst first."""
    calendars = list(Calendar.objects.select_related("region"))
    found = [
        DeskFinding(str(calendar), finding)
        for calendar in calendars
        for finding in lint_calendar(calendar, now=now)
    ]
    found += _chat_without_office(calendars, now)
    for name in settings.CALENDAR_CHECKS:
        check: Check = import_string(name)
        found += check(now, now + timedelta(days=DAYS_AHEAD))
    return sorted(found, key=lambda one: list(Severity).index(one.finding.severity))


def _chat_without_office(calendars: list[Calendar], now: datetime) -> Iterator[DeskFinding]:
    """Dates on which a chat opens and the office of its region does not open at all."""
    offices = [one for one in calendars if one.purpose == Calendar.Purpose.OFFICE]
    for chat in calendars:
        if chat.purpose != Calendar.Purpose.CHAT:
            continue
        of_region = [one for one in offices if one.region_id == chat.region_id]
        of_desk = [one for one in offices if one.slug == settings.OFFICE_CALENDAR]
        for office in (of_region or of_desk)[:1]:
            days = sorted(_open_dates(chat, now) - _open_dates(office, now))
            if days:
                yield DeskFinding(str(chat), _finding(office, days))


def _finding(office: Calendar, days: list[date]) -> Finding:
    named = ", ".join(f"{day:%a} {day.day} {day:%b %Y}" for day in days[:3])
    more = f" and {len(days) - 3} more days" if len(days) > 3 else ""
    sentence = f"It is open while {office} is closed: {named}{more}."
    return Finding("chat_without_office", Severity.WARNING, sentence)


def _open_dates(calendar: Calendar, now: datetime) -> set[date]:
    """The local dates ahead with any opening time; none for a calendar without hours."""
    zone = ZoneInfo(calendar.time_zone)
    today = now.astimezone(zone).date()
    try:
        ahead = stretches(calendar, start=now, end=now + timedelta(days=DAYS_AHEAD))
    except CalendarVersion.DoesNotExist:
        return set()
    found = set()
    for day in (today + timedelta(days=number) for number in range(DAYS_AHEAD)):
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
        holding = [stretch for stretch in ahead if stretch.start <= noon] or ahead[:1]
        if working_time_of(holding[-1].version).hours_on(day).hours:
            found.add(day)
    return found
