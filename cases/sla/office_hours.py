"""What a client is told outside office hours whose case is not critical."""

from datetime import datetime

from cases.models import Case
from cases.sla.metrics import Metric
from cases.sla.words import date_words
from helpdesk.calendars.opening import status_of
from helpdesk.people.models import Person
from helpdesk.people.zones import zone_of


def closed_notice(case: Case, *, reader: Person, now: datetime) -> str:
    """When the office opens, in the reader's time, and what to do if it cannot wait.

    Nothing while the office is open, once we answered, and for a critical case: there somebody is
    called at any hour. The office is the calendar on which the answer was promised.
    """
    if case.is_critical or not case.is_active or case.first_answered_at is not None:
        return ""
    owed = (
        case.timers.open()
        .filter(metric=Metric.FIRST_RESPONSE)
        .select_related("calendar_version__calendar")
        .first()
    )
    if owed is None:
        return ""
    office = owed.calendar_version.calendar
    zone = zone_of(reader)
    status = status_of(office, now=now, reader_zone=zone.key)
    if status.is_open or status.opens_at is None:
        return ""
    opens = date_words(status.opens_at, zone=zone)
    return f"Our office is closed now. It opens {opens}. {_otherwise(case)}"


def _otherwise(case: Case) -> str:
    phone = case.organisation.region.emergency_phone if case.organisation is not None else ""
    call = f" or call {phone}" if phone else ""
    return (
        "If nobody can work meanwhile, set the priority to Critical, or write a mail with the "
        f"word “critical” in its subject{call}: then somebody is called at any hour."
    )
