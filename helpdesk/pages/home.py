"""The first page of the Help Center."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.models import Case
from cases.sla.standing import standings_for
from helpdesk.calendars.models import Calendar
from helpdesk.calendars.opening import ChangedDay, Status, changed_days, status_of
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
    context: dict[str, object] = {"hours": _hours(str(zone_of(person)), now=now)}
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


def _hours(reader_zone: str, *, now: datetime) -> list[Hours]:
    """The office hours, the same for everybody in one zone and for half a minute."""
    key = f"home:hours:{reader_zone}"
    kept: list[Hours] | None = cache.get(key)
    if kept is None:
        offices = Calendar.objects.filter(
            purpose__in=[Calendar.Purpose.OFFICE, Calendar.Purpose.CHAT]
        )
        kept = [_hours_of(office, reader_zone, now=now) for office in offices]
        cache.set(key, kept, timeout=HOURS_KEPT.total_seconds())
    return kept


def _hours_of(calendar: Calendar, reader_zone: str, *, now: datetime) -> Hours:
    return Hours(
        calendar.name,
        status_of(calendar, now=now, reader_zone=reader_zone),
        changed_days(calendar, now=now, days=DAYS_AHEAD),
    )
