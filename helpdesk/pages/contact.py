"""The contact page: every way to reach us, with its hours now. Public."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from helpdesk.calendars.hours_text import text_of_hours
from helpdesk.calendars.models import Calendar, Region
from helpdesk.calendars.opening import ChangedDay, Status, changed_days, place_of, status_of
from helpdesk.calendars.versions import weekly_of
from helpdesk.calendars.working_time import WEEKDAYS
from helpdesk.people.models import Person
from helpdesk.people.zones import zone_of

DAYS_AHEAD = 30
HOURS_KEPT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Channel:
    """Hours of one calendar: now, in a usual week, and the days ahead that differ."""

    name: str
    place: str
    status: Status
    week: tuple[tuple[str, str], ...]
    changes: tuple[ChangedDay, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """What the page shows to everybody of a region."""

    offices: tuple[Channel, ...]
    chats: tuple[Channel, ...]
    emergency: tuple[tuple[str, str], ...]
    own_emergency: str


@require_GET
def contact(request: HttpRequest) -> HttpResponse:
    """Every channel with its hours, next opening, and what happens outside of them."""
    lines = _lines_for(request.user, now=timezone.now())
    context = {"lines": lines, "support_address": settings.MAIL_SUPPORT_ADDRESS}
    return render(request, "portal/contact.html", context)


def _lines_for(person: Person | AnonymousUser, *, now: datetime) -> Lines:
    """The same for everybody of a region and zone, for half a minute."""
    organisation = person.organisation if isinstance(person, Person) else None
    region_id = organisation.region_id if organisation else None
    zone = str(zone_of(person))
    key = f"contact:{zone}:{region_id}"
    kept: Lines | None = cache.get(key)
    if kept is None:
        kept = _lines(region_id, zone=zone, now=now)
        cache.set(key, kept, timeout=HOURS_KEPT.total_seconds())
    return kept


def _lines(region_id: int | None, *, zone: str, now: datetime) -> Lines:
    calendars = Calendar.objects.filter(versions__isnull=False).distinct()
    offices = calendars.filter(purpose=Calendar.Purpose.OFFICE)
    chats = calendars.filter(purpose=Calendar.Purpose.CHAT)
    # The reader's own region first.
    near = sorted(offices, key=lambda one: (one.region_id != region_id, one.name))
    regions = Region.objects.exclude(emergency_phone="")
    own = next((region for region in regions if region.pk == region_id), None)
    return Lines(
        offices=tuple(_channel(one, zone=zone, now=now) for one in near),
        chats=tuple(_channel(one, zone=zone, now=now) for one in chats),
        emergency=tuple((region.name, region.emergency_phone) for region in regions),
        own_emergency=own.emergency_phone if own else "",
    )


def _channel(calendar: Calendar, *, zone: str, now: datetime) -> Channel:
    weekly = weekly_of(calendar.current_version_at(now))
    return Channel(
        name=calendar.name,
        place=place_of(calendar.time_zone),
        status=status_of(calendar, now=now, reader_zone=zone),
        week=tuple(zip(WEEKDAYS, map(text_of_hours, weekly), strict=True)),
        changes=tuple(changed_days(calendar, now=now, days=DAYS_AHEAD)),
    )
