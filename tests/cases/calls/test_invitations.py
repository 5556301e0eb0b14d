"""Invitations as calendar programs read them (RFC 5545, RFC 5546), parsed back with icalendar."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from cases.calls.invitations import Guest, Invitation, Method, text_of

AT = datetime(2026, 5, 14, 0, tzinfo=UTC)
WRITTEN = datetime(2026, 5, 12, 2, tzinfo=UTC)


def an_invitation(**facts: object) -> Invitation:
    defaults: dict[str, object] = {
        "method": Method.REQUEST,
        "uid": UUID("0b7f7a52-5c1e-4a3c-9a55-2f8a3c1d9e10"),
        "sequence": 0,
        "starts_at": AT,
        "minutes": 30,
        "summary": "Call about case 00001042: Report is empty",
        "description": "Ada Lovelace calls Carla Rossi.\nMove or cancel it: https://desk.example/",
        "location": "By phone: +61 3 5550 0100",
        "url": "https://desk.example/calls/1/",
        "organiser": Guest("Waratah Support", "support@waratah.example"),
        "guests": (
            Guest("Carla Rossi", "carla@acme.example"),
            Guest("Ada Lovelace", "ada@desk.example", has_agreed=True),
        ),
        "booked_at": WRITTEN,
        "written_at": WRITTEN,
    }
    return Invitation(**(defaults | facts))  # type: ignore[arg-type]


def written(**facts: object) -> str:
    return text_of(an_invitation(**facts), site_name="Waratah")


def event_of(text: str) -> Any:
    (event,) = Calendar.from_ical(text).events
    return event


def test_a_request_holds_what_rfc_5546_demands_of_one() -> None:
    calendar = Calendar.from_ical(written())
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "REQUEST")
    assert calendar["PRODID"] == "-//Waratah//Scheduled calls//EN"
    event = event_of(written())
    assert event["UID"] == "call-0b7f7a52-5c1e-4a3c-9a55-2f8a3c1d9e10@waratah.example"
    assert event["SEQUENCE"] == 0
    assert event["DTSTAMP"].dt == WRITTEN
    assert event["ORGANIZER"] == "mailto:support@waratah.example"
    assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "OPAQUE")


def test_times_are_in_utc_so_that_no_zone_has_to_be_described() -> None:
    text = written()
    assert "DTSTART:20260514T000000Z\r\n" in text
    assert "DTEND:20260514T003000Z\r\n" in text
    assert "VTIMEZONE" not in text


def test_the_client_is_asked_for_an_answer_and_the_agent_has_agreed() -> None:
    client, agent = event_of(written())["ATTENDEE"]
    assert (str(client), client.params["PARTSTAT"], client.params["RSVP"]) == (
        "mailto:carla@acme.example",
        "NEEDS-ACTION",
        "TRUE",
    )
    assert (str(agent), agent.params["PARTSTAT"], agent.params["RSVP"]) == (
        "mailto:ada@desk.example",
        "ACCEPTED",
        "FALSE",
    )
    assert client.params["ROLE"] == "REQ-PARTICIPANT"


def test_a_cancellation_names_the_same_event_with_a_higher_sequence() -> None:
    text = written(method=Method.CANCEL, sequence=2)
    event = event_of(text)
    assert "METHOD:CANCEL\r\n" in text
    assert (event["UID"], event["SEQUENCE"]) == (event_of(written())["UID"], 2)
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_lines_are_folded_at_75_octets_and_end_in_crlf() -> None:
    text = written(summary="Zürich ⟶ " + "Überprüfung der Auswertung " * 20)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\n" not in text.replace("\r\n", "")
    assert event_of(text)["SUMMARY"].endswith("Auswertung ")


@pytest.mark.parametrize(
    "name", ['Carla "CC" Rossi', "Rossi, Carla; Sales", "Carla\r\nATTENDEE:mailto:x@evil.example"]
)
def test_a_name_stays_a_name(name: str) -> None:
    text = written(guests=(Guest(name, "carla@acme.example"),))
    attendee = event_of(text)["ATTENDEE"]
    assert str(attendee) == "mailto:carla@acme.example"
    assert "\nATTENDEE:mailto:x" not in text


def test_words_cannot_add_a_line_of_their_own() -> None:
    text = written(summary="Hello\r\nMETHOD:CANCEL\r\nEND:VEVENT", description="a\x00b")
    assert Calendar.from_ical(text)["METHOD"] == "REQUEST"
    assert len(Calendar.from_ical(text).events) == 1
    assert event_of(text)["DESCRIPTION"] == "ab"


@given(st.text(max_size=300), st.text(max_size=60))
def test_whatever_people_type_it_stays_one_event_of_short_lines(topic: str, name: str) -> None:
    text = written(description=topic, guests=(Guest(name, "carla@acme.example"),))
    event = event_of(text)
    assert (event["UID"], event["SEQUENCE"]) == (event_of(written())["UID"], 0)
    assert str(event["ATTENDEE"]) == "mailto:carla@acme.example"
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
