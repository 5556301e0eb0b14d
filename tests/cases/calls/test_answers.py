"""What clients' calendars answer by mail is noted for the agent, and changes nothing else."""

import pytest

from cases.calls import answers, changing
from cases.calls.models import Call
from cases.models import Case
from cases.thread.models import MessageFile
from helpdesk.attachments.storing import store
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_message
from tests.cases.calls.desk import NOW, at, booked

pytestmark = pytest.mark.django_db


def a_reply(call: Call, *, partstat: str = "ACCEPTED", **lines: object) -> bytes:
    facts = {
        "METHOD": "REPLY",
        "UID": f"call-{call.uid}@waratah.example",
        "SEQUENCE": call.sequence,
        "EMAIL": call.client.email,
    } | lines
    text = (
        "BEGIN:VCALENDAR\nPRODID:-//Acme//Mail//EN\nVERSION:2.0\nMETHOD:{METHOD}\n"
        "BEGIN:VEVENT\nUID:{UID}\nSEQUENCE:{SEQUENCE}\nDTSTAMP:20260512T030000Z\n"
        "ATTENDEE;PARTSTAT={PARTSTAT}:mailto:{EMAIL}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    return text.format(PARTSTAT=partstat, **facts).replace("\n", "\r\n").encode()


def heard(case: Case, content: bytes, *, by: Person) -> Call:
    """The call after the message with this file was reacted to."""
    message = a_message(case, by=by, text="Accepted")
    file = store(
        content,
        filename="invite.ics",
        declared_type="text/calendar",
        by=Actor.of(by),
        most_bytes=len(content),
    )
    MessageFile.objects.create(message=message, file=file)
    answers.hear(Entry.objects.filter(kind="case.replied").latest("pk"))
    return Call.objects.get(case=case)


@pytest.mark.parametrize(
    ("partstat", "answer"),
    [("ACCEPTED", "accepted"), ("TENTATIVE", "tentative"), ("DECLINED", "declined")],
)
def test_the_answer_is_noted_and_the_call_stays_booked(
    case: Case, carla: Person, partstat: str, answer: str
) -> None:
    call = heard(case, a_reply(booked(case), partstat=partstat), by=carla)
    assert (call.answer, call.state) == (answer, "booked")
    assert Entry.objects.get(kind="call.answered").audience == "agents"


@pytest.mark.parametrize(
    "lines",
    [
        {"METHOD": "REQUEST"},
        {"UID": "call-00000000-0000-4000-8000-000000000000@waratah.example"},
        {"UID": "somebody's"},
        {"EMAIL": "mallory@evil.example"},
        {"partstat": "DELEGATED"},
    ],
)
def test_what_is_no_answer_of_the_client_to_this_call_is_not_noted(
    case: Case, carla: Person, lines: dict[str, str]
) -> None:
    assert heard(case, a_reply(booked(case), **lines), by=carla).answer == ""


def test_a_colleague_does_not_answer_for_the_client(case: Case, cem: Person) -> None:
    assert heard(case, a_reply(booked(case)), by=cem).answer == ""


def test_an_answer_to_a_time_that_was_changed_since_is_not_noted(case: Case, carla: Person) -> None:
    call = booked(case)
    reply = a_reply(call)
    changing.reschedule(call, at("Fri 14:00"), by=Actor.of(carla), now=NOW)
    assert heard(case, reply, by=carla).answer == ""


@pytest.mark.parametrize("content", [b"BEGIN:VCALENDAR", b"\xff\x00 no calendar", b"END:VEVENT"])
def test_a_file_that_is_no_calendar_does_no_harm(case: Case, carla: Person, content: bytes) -> None:
    booked(case)
    assert heard(case, content, by=carla).answer == ""
