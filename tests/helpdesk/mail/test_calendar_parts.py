"""Mails with an invitation, as Outlook, Gmail and Apple's programs look for it."""

import pytest
from icalendar import Calendar
from pytest_django.fixtures import Settings

from helpdesk.mail import delivery
from helpdesk.mail.outbox import CalendarPart
from helpdesk.mail.sending import message_of
from tests.helpdesk.mail.mails import an_outbound_mail
from tests.helpdesk.mail.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db

LINES = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Waratah//Test//EN",
    "METHOD:REQUEST",
    "BEGIN:VEVENT",
    "UID:1@waratah.example",
    "DTSTAMP:20260512T020000Z",
    "DTSTART:20260514T000000Z",
    "SUMMARY:Überprüfung",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
]
TEXT = "\r\n".join(LINES)
PART = CalendarPart("REQUEST", TEXT)


def test_the_invitation_is_the_last_alternative_and_a_file(sink: SmtpSink) -> None:
    an_outbound_mail(html="<p>Hello</p>", calendar=PART)
    delivery.deliver_due(seconds=10)
    (taken,) = sink.mails
    assert [part.get_content_type() for part in taken.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]


def test_the_part_says_its_method_and_charset(sink: SmtpSink) -> None:
    an_outbound_mail(html="<p>Hello</p>", calendar=PART)
    delivery.deliver_due(seconds=10)
    *_, part, file = sink.mails[0].walk()
    assert part["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert (file.get_content_disposition(), file.get_filename()) == ("attachment", "invite.ics")


def test_both_hold_the_same_calendar_whole(sink: SmtpSink) -> None:
    an_outbound_mail(html="<p>Hello</p>", calendar=PART)
    delivery.deliver_due(seconds=10)
    *_, part, file = sink.mails[0].walk()
    assert file.get_payload(decode=True) == TEXT.encode()
    calendar = Calendar.from_ical(bytes(part.get_payload(decode=True)))
    assert calendar == Calendar.from_ical(TEXT)
    assert calendar.events[0]["SUMMARY"] == "Überprüfung"


def test_the_same_row_gives_the_same_bytes() -> None:
    mail = an_outbound_mail(html="<p>Hello</p>", calendar=PART)
    assert message_of(mail).message().as_bytes() == message_of(mail).message().as_bytes()


def test_a_provider_gets_the_file_alone(settings: Settings) -> None:
    settings.ANYMAIL_PROVIDER = "postmark"
    message = message_of(an_outbound_mail(html="<p>Hello</p>", calendar=PART))
    assert [kind for _, kind in message.alternatives] == ["text/html"]
    assert [name for name, *_ in message.attachments] == ["invite.ics"]


def test_a_mail_without_an_invitation_is_as_it_was() -> None:
    message = message_of(an_outbound_mail(html="<p>Hello</p>"))
    assert message.attachments == []
