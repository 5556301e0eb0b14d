"""Whose clock: times are shown in the reader's zone."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from helpdesk.people.models import Person


def zone_of(person: Person | AnonymousUser | None) -> ZoneInfo:
    """The zone in which `person` reads times: their own, their organisation's, its region's."""
    return ZoneInfo(_zone_name(person))


def _zone_name(person: Person | AnonymousUser | None) -> str:
    if not isinstance(person, Person):
        return str(settings.DESK_TIME_ZONE)
    if person.time_zone:
        return person.time_zone
    organisation = person.organisation
    if organisation is None:
        return str(settings.DESK_TIME_ZONE)
    return organisation.time_zone or organisation.region.time_zone
