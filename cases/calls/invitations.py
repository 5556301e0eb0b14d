"""Invitations that calendar programs accept (RFC 5545, RFC 5546). Pure: values in, text out.

One event, in UTC, so that no time zone has to be described; the UID is that of the call for ever;
SEQUENCE is raised with each change, so that a program which gets two mails in the wrong order
keeps the newer one. CANCEL names the same UID with a higher SEQUENCE.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from icalendar import Calendar, Event, vCalAddress, vText

UID_PREFIX = "call-"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Method(StrEnum):
    """What a program is asked to do with the event."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited; `has_agreed` says that no answer is expected from them."""

    name: str
    address: str
    has_agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """All that an invitation says. Times are instants, `minutes` the length."""

    method: Method
    uid: UUID
    sequence: int
    starts_at: datetime
    minutes: int
    summary: str
    description: str
    location: str
    url: str
    organiser: Guest
    guests: tuple[Guest, ...]
    booked_at: datetime
    written_at: datetime


def uid_of(uid: UUID, *, domain: str) -> str:
    """The UID of a call's event, unique in the world as RFC 7986 wants it."""
    return f"{UID_PREFIX}{uid}@{domain}"


def text_of(invitation: Invitation, *, site_name: str) -> str:
    """The iCalendar text: lines folded at 75 octets, CRLF between them."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{_words(site_name)}//Scheduled calls//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", invitation.method.value)
    calendar.add_component(_event(invitation))
    return str(calendar.to_ical().decode())


def _event(invitation: Invitation) -> Event:
    is_cancelled = invitation.method == Method.CANCEL
    event = Event()
    domain = invitation.organiser.address.rpartition("@")[2]
    event.add("uid", uid_of(invitation.uid, domain=domain))
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.written_at)
    event.add("created", invitation.booked_at)
    event.add("last-modified", invitation.written_at)
    event.add("dtstart", invitation.starts_at)
    event.add("dtend", invitation.starts_at + timedelta(minutes=invitation.minutes))
    event.add("summary", _words(invitation.summary))
    event.add("description", _words(invitation.description))
    event.add("location", _words(invitation.location))
    event.add("url", invitation.url)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if is_cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    event["organizer"] = _address(invitation.organiser)
    for guest in invitation.guests:
        event.add("attendee", _attendee(guest), encode=False)
    return event


def _attendee(guest: Guest) -> vCalAddress:
    address = _address(guest)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["PARTSTAT"] = vText("ACCEPTED" if guest.has_agreed else "NEEDS-ACTION")
    address.params["RSVP"] = vText("FALSE" if guest.has_agreed else "TRUE")
    return address


def _address(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{guest.address}")
    # A quote cannot be written in a parameter (RFC 5545, 3.2), a line break in nothing.
    address.params["CN"] = vText(_words(guest.name).replace('"', "’").replace("\n", " "))
    return address


def _words(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
