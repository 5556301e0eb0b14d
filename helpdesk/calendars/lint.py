"""What is wrong, or soon will be, with a calendar: 400 days are looked through."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from helpdesk.calendars.models import Calendar, CalendarVersion, Region
from helpdesk.calendars.versions import Stretch, stretches, working_time_of

DAYS_AHEAD = 400
LONGEST_CLOSURE = timedelta(days=7)
"""Christmas to New Year is a week; a longer closure was rarely meant."""
HOLIDAYS_DUE = (11, 1)
"""Next year's holidays must be there and confirmed by 1 November (SLA lessons, 13)."""


class Severity(StrEnum):
    """How bad it is: no promise can be kept, somebody must act, good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing to look at; `code` is stable, `sentence` is for people."""

    code: str
    severity: Severity
    sentence: str


def lint_calendar(calendar: Calendar, *, now: datetime) -> list[Finding]:
    """What to look at in `calendar` from `now` on, worst first."""
    try:
        ahead = stretches(calendar, start=now, end=now + timedelta(days=DAYS_AHEAD))
    except CalendarVersion.DoesNotExist:
        return [Finding("no_hours", Severity.ERROR, f"{calendar} has no opening hours yet.")]
    findings = list(_never_open(ahead))
    if calendar.region and calendar.observes_holidays:
        findings += holidays_due(calendar.region, now=now)
    for stretch in ahead:
        findings += [*_long_closures(stretch), *_odd_days(stretch)]
    return sorted(findings, key=lambda finding: list(Severity).index(finding.severity))


def holidays_due(region: Region, *, now: datetime) -> Iterator[Finding]:
    """Whether this and next year's holidays of `region` are entered, and confirmed in time."""
    today = now.astimezone(ZoneInfo(region.time_zone)).date()
    is_due = today >= date(today.year, *HOLIDAYS_DUE)
    for year in (today.year, today.year + 1):
        urgency = Severity.WARNING if year == today.year or is_due else Severity.NOTE
        entered = region.holidays.of_year(year)
        if not entered.exists():
            yield Finding(
                "holidays_missing", urgency, f"{region} has no holidays entered for {year}."
            )
            continue
        unconfirmed = entered.filter(date__gte=today).unconfirmed().count()
        if unconfirmed and urgency is Severity.WARNING:
            counted = "1 holiday is" if unconfirmed == 1 else f"{unconfirmed} holidays are"
            yield Finding(
                "holidays_unconfirmed", urgency, f"{region}, {year}: {counted} not confirmed yet."
            )


def _never_open(ahead: list[Stretch]) -> Iterator[Finding]:
    last = ahead[-1]
    if working_time_of(last.version).next_open(last.start) is None:
        yield Finding(
            "never_opens",
            Severity.ERROR,
            f"{last.version.calendar} never opens again. No promise can run on it.",
        )


def _long_closures(stretch: Stretch) -> Iterator[Finding]:
    working_time = working_time_of(stretch.version)
    closing: datetime | None = working_time.next_close(stretch.start)
    while closing is not None and closing < stretch.end:
        opening = working_time.next_open(closing)
        if opening is None:
            return
        if opening - closing > LONGEST_CLOSURE:
            zone = ZoneInfo(stretch.version.time_zone)
            first, last = closing.astimezone(zone), opening.astimezone(zone)
            yield Finding(
                "long_closure",
                Severity.WARNING,
                f"Nothing is open from {_day(first.date())} to {_day(last.date())}.",
            )
        closing = working_time.next_close(opening)


def _odd_days(stretch: Stretch) -> Iterator[Finding]:
    """Dates on which the clocks change within the hours, so that they last longer or shorter."""
    zone = ZoneInfo(stretch.version.time_zone)
    working_time = working_time_of(stretch.version)
    first = stretch.start.astimezone(zone).date() + timedelta(days=1)
    for number in range((stretch.end.astimezone(zone).date() - first).days):
        day = first + timedelta(days=number)
        planned = sum(closes - opens for opens, closes in working_time.hours_on(day).hours) * 60
        midnights = (_midnight(day, zone), _midnight(day + timedelta(days=1), zone))
        lasting = working_time.elapsed(*midnights)
        if lasting != planned:
            yield Finding(
                "odd_day",
                Severity.NOTE,
                f"The clocks change on {_day(day)}: it is open for {_length(lasting)} "
                f"instead of {_length(planned)}.",
            )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _length(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
