"""Coming, waiting and not coming: seats are counted under the lock of their event."""

from datetime import datetime

from django.db import transaction

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.training import access, kinds, telling
from knowledgebase.training.actions.noting import note
from knowledgebase.training.models import Event, Registration

State = Registration.State


class Refused(Exception):
    """It cannot be done; the message is a sentence."""


@transaction.atomic
def register(event: Event, person: Person, *, by: Actor, at: datetime) -> Registration:
    """Give `person` a seat, or a place on the waiting list when all are taken.

    Asking again changes nothing. Raises Refused when the event has begun or is cancelled.
    """
    event = Event.objects.locked_one(event.pk)
    if not access.may_register(person, event, now=at):
        raise Refused("This training has begun, is over or was cancelled. You are not registered.")
    own = event.registrations.filter(person=person).first()
    if own is not None and own.state != State.LEFT:
        return own
    state = State.SEATED if _has_seat(event) else State.WAITING
    own = own or Registration(event=event, person=person)
    own.state, own.since, own.has_attended = state, at, None
    own.save()
    telling.tell(own, telling.SEATED if state == State.SEATED else telling.WAITING, at=at)
    kind = kinds.REGISTERED if state == State.SEATED else kinds.WAITING
    note(kind, event, by=by, at=at, person=person.name)
    return own


@transaction.atomic
def leave(event: Event, person: Person, *, by: Actor, at: datetime) -> None:
    """Take `person` off the list; the first who waits moves up."""
    event = Event.objects.locked_one(event.pk)
    own = event.registrations.exclude(state=State.LEFT).filter(person=person).first()
    if own is None or event.starts_at <= at:
        return
    had_seat = own.state == State.SEATED
    own.state = State.LEFT
    own.save(update_fields=["state"])
    if had_seat:
        telling.tell(own, telling.LEFT, at=at)
    note(kinds.LEFT, event, by=by, at=at, person=person.name)
    fill_seats(event, by=by, at=at)


def fill_seats(event: Event, *, by: Actor, at: datetime) -> int:
    """Give free seats to those who wait, the first first; return how many moved up.

    The caller holds the lock of the event.
    """
    waiting = event.registrations.filter(state=State.WAITING, person__is_active=True)
    moved = 0
    for own in waiting.select_related("person", "event").order_by("since", "pk"):
        if event.starts_at <= at or not _has_seat(event):
            break
        own.state = State.SEATED
        own.save(update_fields=["state"])
        telling.tell(own, telling.MOVED_UP, at=at)
        note(kinds.MOVED_UP, event, by=by, at=at, person=own.person.name)
        moved += 1
    return moved


def _has_seat(event: Event) -> bool:
    if event.capacity is None:
        return True
    return event.registrations.filter(state=State.SEATED).count() < event.capacity
