"""Mails of training: one a person and thing that happened, queued in the same transaction."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from helpdesk.design.words import when_words, zone_city
from helpdesk.mail.outbox import Automatic, CalendarPart, Mailbox, Priority, queue
from helpdesk.mail.rendering import render
from helpdesk.people.zones import zone_of
from knowledgebase.training.invitations import CANCEL, REQUEST, invitation
from knowledgebase.training.models import Event, Registration

KIND = "training"
SEATED, WAITING, MOVED_UP = "seated", "waiting", "moved_up"
LEFT, CHANGED, CANCELLED, REMINDER = "left", "changed", "cancelled", "reminder"

_SENTENCES = {
    SEATED: "You have a seat.",
    WAITING: "All seats are taken: you are on the waiting list and get a mail when one is free.",
    MOVED_UP: "A seat is free now, and it is yours.",
    LEFT: "You no longer come, and your seat is free for somebody else.",
    CHANGED: "Something changed. The invitation in this mail replaces the one that you have.",
    CANCELLED: "This training does not take place. We are sorry.",
    REMINDER: "This training begins soon.",
}
_METHODS = {
    SEATED: REQUEST,
    MOVED_UP: REQUEST,
    CHANGED: REQUEST,
    LEFT: CANCEL,
    CANCELLED: CANCEL,
}


def tell(registration: Registration, what: str, *, at: datetime) -> None:
    """Tell somebody what became of their seat, with the invitation where there is one."""
    person, event = registration.person, registration.event
    mail = render(KIND, _values(registration, what, at=at), language=person.language)
    method = _METHODS.get(what)
    had_seat = registration.state != Registration.State.WAITING
    calendar = (
        CalendarPart(method, invitation(registration, method=method, now=at))
        if method and had_seat
        else None
    )
    queue(
        Mailbox(person.email, person.name),
        kind=KIND,
        key=f"{registration.pk}:{what}:{at.isoformat()}",
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        automatic=Automatic.GENERATED,
        priority=Priority.NOTICE,
        calendar=calendar,
        language=person.language,
        subject_kind="training",
        subject_id=event.pk,
    )


def _values(registration: Registration, what: str, *, at: datetime) -> dict[str, str]:
    event = registration.event
    zone = zone_of(registration.person)
    is_seated = registration.state == Registration.State.SEATED and what != CANCELLED
    return {
        "title": event.title,
        "what": _SENTENCES[what],
        "name": registration.person.name,
        "when": f"{when_words(event.starts_at, now=at, zone=zone)} ({zone_city(zone)} time)",
        "place": event.place or ("Online" if event.join_url else "To be announced"),
        "join_url": event.join_url if is_seated else "",
        "event_url": _address(event),
    }


def _address(event: Event) -> str:
    return f"{settings.SITE_URL}{reverse('training:event', args=[event.pk])}"
