"""From the database to the diaries that `slots.py` reads; and the office's hours for a client."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.conf import settings

from cases.calls.models import Absence, AgentHours, Call
from cases.calls.slots import Diary, Stretch
from helpdesk.calendars.models import Calendar
from helpdesk.calendars.versions import stretches, working_time_of
from helpdesk.people.models import STAFF_ROLES, Organisation

# A day of any zone, and the longest call with its pause, before the first slot.
LOOK_BACK = timedelta(days=2)


def diaries_between(
    start: datetime,
    end: datetime,
    *,
    agents: Collection[int] | None = None,
    but: Call | None = None,
) -> list[Diary]:
    """The diaries of all who take calls, or of `agents`, in three statements.

    `but` is a call that is about to move: it stands in its own way no longer.
    """
    rows = AgentHours.objects.filter(
        takes_calls=True, person__is_active=True, person__role__in=sorted(STAFF_ROLES)
    ).order_by("pk")
    if agents is not None:
        rows = rows.filter(pk__in=agents)
    away, booked = defaultdict(list), defaultdict(list)
    for absence in Absence.objects.filter(person__in=rows.values("pk"), ends_at__gt=start):
        if absence.starts_at < end:
            away[absence.person_id].append(Stretch(absence.starts_at, absence.ends_at))
    calls = Call.objects.booked().filter(agent__in=rows.values("pk"))
    calls = calls.beginning_between(start - LOOK_BACK, end + LOOK_BACK)
    for call in calls.exclude(pk=but.pk) if but else calls:
        pause = timedelta(minutes=call.buffer_minutes)
        booked[call.agent_id].append(Stretch(call.starts_at, call.ends_at + pause))
    return [_diary(row, away[row.pk], booked[row.pk]) for row in rows]


def office_for(organisation: Organisation | None) -> Calendar | None:
    """The office hours that count for a client: those of its region, else the desk's own."""
    regional = None
    if organisation is not None:
        regional = Calendar.objects.filter(
            purpose=Calendar.Purpose.OFFICE, region=organisation.region_id
        ).first()
    return regional or Calendar.objects.filter(slug=settings.OFFICE_CALENDAR).first()


def office_hours(calendar: Calendar | None, *, start: datetime, end: datetime) -> list[Stretch]:
    """The open stretches of a calendar, holidays left out, each version while it holds."""
    if calendar is None or not calendar.versions.exists():
        return []
    return [
        Stretch(span.start, span.end)
        for piece in stretches(calendar, start=start, end=end)
        for span in working_time_of(piece.version).spans(piece.start, piece.end)
        if span.is_counted
    ]


def _diary(row: AgentHours, away: Iterable[Stretch], calls: Iterable[Stretch]) -> Diary:
    return Diary(
        agent=row.pk,
        zone=row.time_zone,
        weekly=row.hours,
        away=tuple(away),
        calls=tuple(calls),
        calls_a_day=row.calls_a_day,
        buffer_minutes=row.buffer_minutes,
    )
