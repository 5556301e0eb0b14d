"""Who may do what with training: pure questions."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from helpdesk.people.models import Person
from knowledgebase.training.models import Event, Registration, Visibility

State = Registration.State


def may_register(person: Person | AnonymousUser, event: Event, *, now: datetime) -> bool:
    """Whoever is signed in, until it begins."""
    is_open = event.is_published and not event.is_cancelled and event.starts_at > now
    return isinstance(person, Person) and is_open


def may_join(own: Registration | None, event: Event) -> bool:
    """The address of the room is for those with a seat."""
    return own is not None and own.state == State.SEATED and not event.is_cancelled


def may_watch(
    person: Person | AnonymousUser, own: Registration | None, event: Event, *, now: datetime
) -> bool:
    """Whether the recording of `event`, which `person` may see, is open to them."""
    if not event.recording_url or event.ends_at > now:
        return False
    if event.recording_visibility == Visibility.PUBLIC:
        return True
    if not isinstance(person, Person):
        return False
    if person.is_staff_member or event.recording_visibility == Visibility.SIGNED_IN:
        return True
    return own is not None and own.state == State.SEATED


def may_administer(person: Person | AnonymousUser) -> bool:
    return isinstance(person, Person) and person.is_active and person.is_staff_member
