"""Planning, changing and cancelling an event, reminding of it, noting who came."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from helpdesk.calendars.models import Region
from helpdesk.people.actors import SYSTEM, Actor
from knowledgebase.training import kinds, telling
from knowledgebase.training.actions.noting import note
from knowledgebase.training.actions.registering import fill_seats
from knowledgebase.training.models import Event, Registration

State = Registration.State
REMINDED_BEFORE = timedelta(hours=24)
# What stands in people's calendars: when one of these changes, they get the invitation anew.
INVITED_TO = ("title", "starts_at", "ends_at", "place", "join_url")


@transaction.atomic
def plan(event: Event, *, regions: Iterable[Region], by: Actor, at: datetime) -> Event:
    """Keep a new event."""
    event.remind_at = _reminder(event, at=at)
    event.save()
    event.regions.set(regions)
    note(kinds.PLANNED, event, by=by, at=at)
    return event


@transaction.atomic
def change(event: Event, *, regions: Iterable[Region], by: Actor, at: datetime) -> Event:
    """Keep what was edited; who has a seat hears of it, who waits may move up."""
    before = Event.objects.locked_one(event.pk)
    is_new_invitation = any(getattr(before, field) != getattr(event, field) for field in INVITED_TO)
    event.revision = before.revision + is_new_invitation
    event.cancelled_at = before.cancelled_at
    is_moved = before.starts_at != event.starts_at
    event.remind_at = _reminder(event, at=at) if is_moved else before.remind_at
    event.save()
    event.regions.set(regions)
    note(kinds.CHANGED, event, by=by, at=at)
    if is_new_invitation and not event.is_cancelled and event.ends_at > at:
        _tell_seated(event, telling.CHANGED, at=at)
    fill_seats(event, by=by, at=at)
    return event


@transaction.atomic
def cancel(event: Event, *, by: Actor, at: datetime) -> None:
    """Call an event off; everybody on its lists hears of it, once."""
    event = Event.objects.locked_one(event.pk)
    if event.is_cancelled:
        return
    event.cancelled_at, event.remind_at = at, None
    event.revision += 1
    event.save(update_fields=["cancelled_at", "remind_at", "revision"])
    note(kinds.CANCELLED, event, by=by, at=at)
    for own in _on(event, State.SEATED, State.WAITING):
        telling.tell(own, telling.CANCELLED, at=at)


@transaction.atomic
def remind(*, now: datetime) -> bool:
    """Remind those with a seat of one event that begins soon; False when none is due."""
    due = Event.objects.filter(remind_at__lte=now).order_by("remind_at")
    event = due.select_for_update(skip_locked=True, of=("self",)).first()
    if event is None:
        return False
    if event.starts_at > now:
        _tell_seated(event, telling.REMINDER, at=now)
    Event.objects.filter(pk=event.pk).update(remind_at=None)
    return True


@transaction.atomic
def note_attendance(
    event: Event, *, came: Collection[int], by: Actor = SYSTEM, at: datetime
) -> None:
    """Note which of those with a seat came; `came` are ids of registrations."""
    event = Event.objects.locked_one(event.pk)
    seated = event.registrations.filter(state=State.SEATED)
    seated.filter(pk__in=came).update(has_attended=True)
    seated.exclude(pk__in=came).update(has_attended=False)
    note(kinds.ATTENDED, event, by=by, at=at)


def _reminder(event: Event, *, at: datetime) -> datetime | None:
    remind_at = event.starts_at - REMINDED_BEFORE
    return remind_at if remind_at > at else None


def _tell_seated(event: Event, kind: str, *, at: datetime) -> None:
    for own in _on(event, State.SEATED):
        telling.tell(own, kind, at=at)


def _on(event: Event, *states: str) -> Iterable[Registration]:
    on_it = event.registrations.filter(state__in=states, person__is_active=True)
    return on_it.select_related("event", "person__organisation__region")
