"""Carla asks for a call, moves it, is reminded, is called; the statement adds up in the end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from cases.calls import concluding, reminding
from cases.calls.models import Call
from cases.calls.offering import offer
from cases.entitlements import checking, ledger
from cases.models import Case
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation, Person
from tests.builders import a_case
from tests.cases.calls.desk import PHONE, takes_calls
from tests.cases.entitlements.desk import consultation
from tests.journeys.eventually import eventually
from tests.living_desk import Desk


def mails_to(desk: Desk, person: Person, count: int) -> list[EmailMessage]:
    """The mails to somebody about calls, once there are so many."""

    def look() -> list[EmailMessage] | None:
        mails = [
            mail
            for mail in desk.sink.mails
            if mail["To"].addresses[0].addr_spec == person.email and "call" in mail["Subject"]
        ]
        return mails if len(mails) >= count else None

    return eventually(look)


def invitation_in(mail: EmailMessage) -> Event:
    """The event of the part that mail programs look at."""
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))  # type: ignore[arg-type]
    assert part["Content-Type"].params["method"] == calendar["METHOD"]
    (event,) = calendar.events
    return event


def free_times(case: Case) -> list[datetime]:
    now = timezone.now()
    later = now + timedelta(days=2)
    return [slot.starts_at for slot in offer(case, 30, now=now, start=later, days=20).slots]


def test_from_asking_for_a_call_to_its_line_on_the_statement(
    desk: Desk,
    acme: Organisation,
    carla: Person,
    cem: Person,
    ada: Person,
    client_as: Callable[[Person], Client],
) -> None:
    takes_calls(ada)
    consultation(acme, 60, since=timezone.now().date() - timedelta(days=1), now=timezone.now())
    case, browser = a_case(carla), client_as(carla)
    first, *_, other = free_times(case)

    sent = {"starts_at": first.isoformat(), "phone": PHONE, "topic": "The report"}
    browser.post(reverse("calls:new", args=[case.number]), sent)
    call = Call.objects.get()
    (booked,) = mails_to(desk, carla, 1)
    event = invitation_in(booked)
    assert (event["SEQUENCE"], event.decoded("DTSTART")) == (0, first)
    assert event["ORGANIZER"] == "mailto:support@waratah.example"
    assert [str(one) for one in event.decoded("ATTENDEE")] == [
        f"mailto:{carla.email}",
        f"mailto:{ada.email}",
    ]

    browser.post(
        reverse("calls:time", args=[call.uid]), {"starts_at": other.isoformat(), "sequence": 0}
    )
    moved = invitation_in(mails_to(desk, carla, 2)[1])
    assert (moved["UID"], moved["SEQUENCE"], moved.decoded("DTSTART")) == (event["UID"], 1, other)
    assert invitation_in(mails_to(desk, ada, 2)[1])["SEQUENCE"] == 1

    assert reminding.remind_of_what_is_near(now=other - timedelta(hours=1)) == 1
    assert "Reminder" in mails_to(desk, carla, 3)[2]["Subject"]

    concluding.conclude(
        call,
        actual_minutes=20,
        outcome="We split the report by region.",
        by=Actor.of(ada),
        now=other + timedelta(minutes=25),
    )
    shown = browser.get(reverse("portal:case", args=[case.number])).text
    assert "Ada Lovelace called: 20 minutes, 20 of them used. We split the report" in shown

    page = client_as(cem).get(reverse("calls:statement"))
    lines = page.context["lines"][::-1]
    assert [(line.what, line.change) for line in lines] == [
        ("Granted", 60),
        ("Held", -30),
        ("Used", 0),
        ("Given back", 10),
    ]
    assert sum(line.change for line in lines) == lines[-1].left == ledger.available(acme.pk) == 40
    assert checking.differences() == []
