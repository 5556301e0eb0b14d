"""The first page of the Help Center."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.models import Case
from cases.sla.standing import standings_for
from helpdesk.calendars.models import Calendar
from helpdesk.calendars.opening import ChangedDay, Status, changed_days, status_of
from helpdesk.pages.beside import beside_for
from helpdesk.people.models import Person
from helpdesk.people.zones import zone_of

SHOWN_CASES = 4
DAYS_AHEAD = 14
HOURS_KEPT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Hours:
    """Whether a channel is staffed now, and the days ahead that differ."""

    name: str
    status: Status
    changes: list[ChangedDay]


def home(request: HttpRequest) -> HttpResponse:
    """Greet, offer the ways on, and show what comes next on the reader's own cases."""
    person = request.user
    if isinstance(person, Person) and person.is_staff_member:
        return redirect("console:home")
    now = timezone.now()
    context: dict[str, object] = {
        "hours": _hours(person, now=now),
        "beside": beside_for(person, now=now),
    }
    if isinstance(person, Person):
        context["rows"] = _next_cases(person, now=now)
    return render(request, "portal/home.html", context)


def _next_cases(person: Person, *, now: datetime) -> list[tuple[Case, object]]:
    cases = list(
        Case.objects.visible_to(person)
        .active()
        .select_related("client", "organisation")
        .order_by("-updated_at", "-pk")[:SHOWN_CASES]
    )
    standings = standings_for(cases, now=now)
    return [(case, standings.get(case.pk)) for case in cases]


def _hours(person: Person | AnonymousUser, *, now: datetime) -> list[Hours]:
    """The hours that concern this reader: the same for everybody of a region, for half a minute."""
    zone, region_id = str(zone_of(person)), _region_of(person)
    key = f"home:hours:{zone}:{region_id}"
    kept: list[Hours] | None = cache.get(key)
    if kept is None:
        kept = [_hours_of(one, zone, now=now) for one in _calendars_for(region_id)]
        cache.set(key, kept, timeout=HOURS_KEPT.total_seconds())
    return kept


def _region_of(person: Person | AnonymousUser) -> int | None:
    organisation = person.organisation if isinstance(person, Person) else None
    return organisation.region_id if organisation else None


def _calendars_for(region_id: int | None) -> list[Calendar]:
    """The office of the reader's region, or the desk's own where it has none; then the chat."""
    offices = list(Calendar.objects.filter(purpose=Calendar.Purpose.OFFICE))
    near = [office for office in offices if office.region_id == region_id]
    desk = [office for office in offices if office.slug == settings.OFFICE_CALENDAR]
    chats = Calendar.objects.filter(purpose=Calendar.Purpose.CHAT)
    return [*(near or desk), *chats]


def _hours_of(calendar: Calendar, zone: str, *, now: datetime) -> Hours:
    return Hours(
        calendar.name,
        status_of(calendar, now=now, reader_zone=zone),
        changed_days(calendar, now=now, days=DAYS_AHEAD),
    )
