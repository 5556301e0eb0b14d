"""Invitations as calendars read them (RFC 5545, RFC 5546)."""

from datetime import datetime

import icalendar
from django.conf import settings
from django.urls import reverse

from knowledgebase.training.models import Event, Registration

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def invitation(registration: Registration, *, method: str, now: datetime) -> str:
    """The seat of one person as an invitation, or its withdrawal (`method` is CANCEL).

    The same UID and a rising SEQUENCE let a calendar replace what it has.
    """
    event = _event(registration.event, now=now, is_cancelled=method == CANCEL)
    organizer = icalendar.vCalAddress(f"mailto:{settings.MAIL_SUPPORT_ADDRESS}")
    organizer.params["cn"] = icalendar.vText(settings.SITE_NAME)
    event.add("organizer", organizer)
    attendee = icalendar.vCalAddress(f"mailto:{registration.person.email}")
    attendee.params["cn"] = icalendar.vText(registration.person.name)
    attendee.params["partstat"] = icalendar.vText("ACCEPTED")
    event.add("attendee", attendee, encode=False)
    if method == REQUEST and registration.event.join_url:
        event["location"] = icalendar.vText(registration.event.join_url)
    return _calendar(event, method=method)


def published(event: Event, *, now: datetime) -> str:
    """The date of an event for anybody's calendar, without the address to join."""
    return _calendar(_event(event, now=now, is_cancelled=event.is_cancelled), method=PUBLISH)


def _event(event: Event, *, now: datetime, is_cancelled: bool) -> icalendar.Event:
    host = settings.MAIL_SUPPORT_ADDRESS.rpartition("@")[2]
    written = icalendar.Event()
    written.add("uid", f"training-{event.pk}@{host}")
    written.add("dtstamp", now)
    written.add("sequence", event.revision)
    written.add("dtstart", event.starts_at)
    written.add("dtend", event.ends_at)
    written.add("summary", event.title)
    written.add("description", event.description)
    written.add("url", f"{settings.SITE_URL}{reverse('training:event', args=[event.pk])}")
    written.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if event.place:
        written.add("location", event.place)
    return written


def _calendar(event: icalendar.Event, *, method: str) -> str:
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Training//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())
