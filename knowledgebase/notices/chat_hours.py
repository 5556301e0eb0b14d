"""Notices of changed chat hours, which nobody writes by hand.

A sweep compares what the chat calendars say of the days ahead with the usual week. Each change has
a reference of its own, so it is posted once, follows later edits of the calendar, is taken back
with them, and starts and ends by itself like maintenance.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db import transaction

from helpdesk.calendars.hours_text import text_of_hours
from helpdesk.calendars.models import Calendar, CalendarVersion
from helpdesk.calendars.opening import ChangedDay, changed_days, place_of
from helpdesk.calendars.versions import weekly_of
from helpdesk.calendars.working_time import WEEKDAYS, Hours
from helpdesk.people.actors import SYSTEM
from knowledgebase.notices.actions import planning, posting
from knowledgebase.notices.actions.posting import Draft
from knowledgebase.notices.lifecycle import ENDED, Kind, State
from knowledgebase.notices.models import Notice

AHEAD_DAYS = 14
# A new week holds until the next one; it is news for so long.
NEWS = timedelta(days=7)
PREFIX = "hours:"


@dataclass(frozen=True, slots=True)
class Change:
    """Hours that are not the usual ones, from an instant to an instant, in words."""

    reference: str
    title: str
    text: str
    starts_at: datetime
    ends_at: datetime


def follow_calendars(*, now: datetime) -> int:
    """Post, correct and take back notices until they say what the chat calendars say.

    Returns how many were posted or changed.
    """
    calendars = Calendar.objects.filter(purpose=Calendar.Purpose.CHAT, versions__isnull=False)
    changes = [change for one in calendars.distinct() for change in changes_of(one, now=now)]
    return _reconcile(changes, now=now)


def changes_of(calendar: Calendar, *, now: datetime) -> list[Change]:
    """Every change of `calendar` that is to be read now: days ahead, and new weeks."""
    days = changed_days(calendar, now=now, days=AHEAD_DAYS)
    by_date = [_of_day(calendar, day) for day in days if day.name]
    return [*by_date, *_of_weeks(calendar, now=now)]


def _of_day(calendar: Calendar, day: ChangedDay) -> Change:
    zone = ZoneInfo(calendar.time_zone)
    when = f"{day.date:%A} {day.date.day} {day.date:%B}"
    told = f"open {day.hours_text}" if day.hours else "closed"
    return Change(
        reference=f"{PREFIX}{calendar.slug}:{day.date.isoformat()}",
        title=f"{calendar.name}: {told} on {when}",
        text=(
            f"On {when} chat is {told} ({place_of(calendar.time_zone)} time): {day.name}. "
            f"Usually it is {_open_words(day.usual_hours)} on that day. "
            "Outside these hours a message in the chat becomes a case."
        ),
        starts_at=_midnight(day.date, zone),
        ends_at=_midnight(day.date + timedelta(days=1), zone),
    )


def _of_weeks(calendar: Calendar, *, now: datetime) -> Iterator[Change]:
    """A new week that is planned, or that holds since a few days."""
    versions = calendar.versions.filter(effective_at__lt=now + timedelta(days=AHEAD_DAYS))
    told = _latest_of_each_instant(versions.order_by("effective_at", "number"))
    for before, after in pairwise(told):
        if after.effective_at > now - NEWS and weekly_of(before) != weekly_of(after):
            yield _of_week(calendar, before, after)


def _latest_of_each_instant(versions: Iterable[CalendarVersion]) -> list[CalendarVersion]:
    return list({version.effective_at: version for version in versions}.values())


def _of_week(calendar: Calendar, before: CalendarVersion, after: CalendarVersion) -> Change:
    day = after.effective_at.astimezone(ZoneInfo(calendar.time_zone))
    lines = [
        f"{weekday}: {text_of_hours(new)}, before {text_of_hours(old)}"
        for weekday, old, new in zip(WEEKDAYS, weekly_of(before), weekly_of(after), strict=True)
        if old != new
    ]
    when = f"{day:%A} {day.day} {day:%B}"
    place = place_of(calendar.time_zone)
    return Change(
        reference=f"{PREFIX}{calendar.slug}:week:{after.effective_at:%Y-%m-%dT%H:%M}",
        title=f"{calendar.name} change on {when}",
        text=f"From {when} on ({place} time):\n\n" + "\n".join(lines),
        starts_at=after.effective_at,
        ends_at=after.effective_at + NEWS,
    )


def _reconcile(changes: list[Change], *, now: datetime) -> int:
    wanted = {change.reference: change for change in changes if change.ends_at > now}
    notices = Notice.objects.filter(kind=Kind.HOURS, reference__startswith=PREFIX)
    # One that is over is posted no second time, unless it was taken back and is true again.
    known = {
        one.reference: one
        for one in notices.filter(reference__in=list(wanted))
        if one.state != State.CANCELLED
    }
    stale = notices.open().exclude(reference__in=list(wanted)).exclude(ends_at__lte=now)
    done = sum(_take_back(notice, now=now) for notice in stale)
    for reference, change in wanted.items():
        known_notice = known.get(reference)
        if known_notice is None:
            done += _post(change, now=now)
        elif known_notice.state not in ENDED:
            done += _correct(known_notice, change, now=now)
    return done


@transaction.atomic
def _post(change: Change, *, now: datetime) -> bool:
    # A notice that was taken back gives its name to the one that stands now.
    Notice.objects.filter(reference=change.reference, state=State.CANCELLED).update(reference=None)
    draft = Draft(
        kind=Kind.HOURS,
        title=change.title,
        text=change.text,
        starts_at=change.starts_at,
        ends_at=change.ends_at,
        reference=change.reference,
    )
    posting.post(draft, by=SYSTEM, at=now)
    return True


@transaction.atomic
def _correct(notice: Notice, change: Change, *, now: datetime) -> bool:
    """Say it anew when the calendar was edited again."""
    latest = notice.updates.exclude(text__in=[planning.STARTED, planning.COMPLETED]).first()
    if latest is not None and (latest.text, notice.title) == (change.text, change.title):
        return False
    Notice.objects.filter(pk=notice.pk).update(title=change.title[:200])
    posting.say(notice, change.text, by=SYSTEM, at=now)
    return True


def _take_back(notice: Notice, *, now: datetime) -> bool:
    text = "The usual hours hold after all."
    if notice.state == State.SCHEDULED:
        planning.cancel(notice, by=SYSTEM, text=text, at=now)
    else:
        planning.complete(notice, by=SYSTEM, text=text, at=now)
    return True


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def _open_words(hours: Hours) -> str:
    return f"open {text_of_hours(hours)}" if hours else "closed"
