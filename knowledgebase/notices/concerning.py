"""What concerns this reader now: the question of every banner, in portal, case form and chat."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser

from helpdesk.people.models import Person
from knowledgebase.notices.keeping import NothingKept, snapshot
from knowledgebase.notices.lifecycle import Impact, Kind
from knowledgebase.notices.snapshot import Shown

# Maintenance is announced in banners shortly before; the status page shows it from the beginning.
AHEAD = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Reader:
    """As much of a reader as decides what concerns them; nothing is known of a visitor."""

    is_known: bool = False
    region_id: int | None = None
    organisation_id: int | None = None
    is_ours: bool = False


def notices_for(person: Person | AnonymousUser, *, now: datetime) -> list[Shown]:
    """What `person` has to know now, the worst first; nothing when nothing can be read.

    Asks no database while the status is kept (see `keeping`), so any page may call it.
    """
    try:
        kept = snapshot(now=now)
    except NothingKept:
        return []
    reader = reader_of(person)
    return [one for one in (*kept.current, *kept.ahead) if concerns(one, reader, now=now)]


def reader_of(person: Person | AnonymousUser) -> Reader:
    """Where `person` belongs, as far as notices are limited to places and clients."""
    if not isinstance(person, Person):
        return Reader()
    organisation = person.organisation
    return Reader(
        is_known=organisation is not None,
        region_id=organisation.region_id if organisation else None,
        organisation_id=organisation.pk if organisation else None,
        is_ours=person.is_staff_member,
    )


def concerns(notice: Shown, reader: Reader, *, now: datetime) -> bool:
    """Whether a notice is worth a banner for this reader.

    Somebody of whom we do not know where they belong is told of everything.
    """
    if notice.is_ahead and not _is_near(notice, now=now):
        return False
    if notice.is_now and notice.kind == Kind.INCIDENT and notice.impact == Impact.NONE:
        return False
    if reader.is_ours or not reader.is_known:
        return True
    is_here = not notice.region_ids or reader.region_id in notice.region_ids
    users = notice.organisation_ids
    return is_here and (users is None or reader.organisation_id in users)


def _is_near(notice: Shown, *, now: datetime) -> bool:
    # A notice of hours exists only from the day on which it is to be read.
    return notice.kind == Kind.HOURS or notice.starts_at - now <= AHEAD
