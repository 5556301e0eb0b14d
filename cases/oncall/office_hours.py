"""What a client is told outside office hours whose case is not critical."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from cases.models import Case
from helpdesk.calendars.models import Calendar
from helpdesk.calendars.opening import status_of
from helpdesk.people.models import Person
from helpdesk.people.zones import zone_of


def closed_sentence(case: Case, *, reader: Person, now: datetime) -> str:
    """When the office opens, in the reader's time, for an active case nobody answered yet.

    Nothing while it is open, or where somebody is called at any hour anyway.
    """
    if case.is_critical or not case.is_active or case.first_answered_at is not None:
        return ""
    calendar = _office_of(case)
    if calendar is None:
        return ""
    status = status_of(calendar, now=now, reader_zone=zone_of(reader).key)
    return "" if status.is_open else f"Our office: {_uncapitalised(status.sentence)}."


def emergency_sentence() -> str:
    """What to do if production stands still all the same."""
    phone = f" or call {settings.EMERGENCY_NUMBER}" if settings.EMERGENCY_NUMBER else ""
    return (
        "If nobody can work meanwhile, set the priority to Critical, "
        f"send a mail with the word “critical” in its subject{phone}: "
        "then somebody is called at any hour."
    )


def _office_of(case: Case) -> Calendar | None:
    """The calendar of the organisation's region, else that of the desk."""
    office = Q(slug=settings.OFFICE_CALENDAR)
    if case.organisation is not None:
        office |= Q(purpose=Calendar.Purpose.OFFICE, region=case.organisation.region_id)
    found = list(Calendar.objects.filter(office).order_by("pk"))
    regional = [one for one in found if one.slug != settings.OFFICE_CALENDAR]
    own = [one for one in found if one.slug == settings.OFFICE_CALENDAR]
    return next(iter([*_of_region(case, found), *own, *regional]), None)


def _of_region(case: Case, found: list[Calendar]) -> list[Calendar]:
    region = case.organisation.region_id if case.organisation is not None else None
    return [
        one for one in found if one.purpose == Calendar.Purpose.OFFICE and one.region_id == region
    ]


def _uncapitalised(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
