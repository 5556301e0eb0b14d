"""Who is told what: rows, frozen in the transaction that decides."""

import json
from datetime import UTC, datetime

import pytest

from cases import kinds
from cases.actions.moving import move
from cases.lifecycle import Move
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from helpdesk.webhooks import endpoints
from helpdesk.webhooks.models import Delivery, Endpoint
from helpdesk.webhooks.queueing import enqueue, queue, resend
from tests.builders import a_case, a_note

AT = datetime(2026, 7, 1, 2, 3, tzinfo=UTC)


def _entry(kind: str) -> Entry:
    return Entry.objects.filter(kind=kind).latest("pk")


def _told(endpoint: Endpoint) -> list[str]:
    return list(endpoint.deliveries.order_by("pk").values_list("kind", flat=True))


def test_an_organisation_is_told_what_its_people_may_read(acmes: Endpoint, carla: Person) -> None:
    case = a_case(carla)
    enqueue(_entry(kinds.OPENED.name))
    body = json.loads(acmes.deliveries.get().body)
    assert body["type"] == "case.opened"
    assert body["data"]["sentence"] == "Carla Rossi opened the case."
    assert body["data"]["subject"] == {
        "kind": "case",
        "id": case.pk,
        "number": case.number,
        "subject": case.subject,
        "state": "new",
        "priority": "medium",
        "url": f"http://localhost:8000/cases/{case.shown_number}/",
    }


def test_an_internal_note_reaches_ours_and_no_organisation(
    acmes: Endpoint, ours: Endpoint, carla: Person, ada: Person
) -> None:
    a_note(a_case(carla), by=ada)
    enqueue(_entry(kinds.NOTED.name))
    assert (_told(ours), _told(acmes)) == (["case.noted"], [])


def test_an_organisation_hears_of_no_other(acmes: Endpoint, gil: Person) -> None:
    a_case(gil)
    enqueue(_entry(kinds.OPENED.name))
    assert _told(acmes) == []


def test_an_organisation_does_not_hear_of_what_we_took_for_spam(
    acmes: Endpoint, ours: Endpoint, carla: Person, ada: Person
) -> None:
    move(a_case(carla), Move.MARK_SPAM, by=Actor.of(ada))
    enqueue(_entry(kinds.MOVED.name))
    assert (_told(ours), _told(acmes)) == (["case.moved"], [])


def test_an_organisation_hears_nothing_of_what_no_room_speaks_for(
    acmes: Endpoint, carla: Person
) -> None:
    a_case(carla)
    entry = _entry(kinds.OPENED.name)
    entry.subject_kind = "secret"
    enqueue(entry)
    assert _told(acmes) == []


@pytest.mark.parametrize(
    ("listens_to", "is_told"),
    [
        (["*"], True),
        (["case.*"], True),
        (["case.opened"], True),
        (["case.moved"], False),
        ([], False),
    ],
)
def test_an_endpoint_gets_the_kinds_that_it_listens_to(
    listens_to: list[str], is_told: bool, ours: Endpoint, carla: Person
) -> None:
    Endpoint.objects.update(listens_to=listens_to)
    a_case(carla)
    enqueue(_entry(kinds.OPENED.name))
    assert bool(_told(ours)) is is_told


def test_what_is_queued_twice_is_told_once_and_stays_as_it_was(ours: Endpoint) -> None:
    first = queue(ours, kind="page.ring", key="page:1", at=AT, data={"text": "first"})
    again = queue(ours, kind="page.ring", key="page:1", at=AT, data={"text": "second"})
    assert again == first
    assert '"first"' in again.body


def test_to_an_endpoint_that_is_off_nothing_is_sent_and_the_row_says_so(ours: Endpoint) -> None:
    endpoints.switch_off(ours, reason="Moved away.")
    ours.refresh_from_db()
    delivery = queue(ours, kind="page.ring", key="page:1", at=AT, data={})
    assert (delivery.state, delivery.last_error) == ("failed", "The endpoint is off.")
    assert not resend(delivery)


def test_what_waits_cannot_be_sent_again(ours: Endpoint) -> None:
    assert not resend(queue(ours, kind="page.ring", key="page:1", at=AT, data={}))


def test_what_was_given_up_is_sent_again_under_the_same_id(ours: Endpoint) -> None:
    delivery = queue(ours, kind="page.ring", key="page:1", at=AT, data={})
    Delivery.objects.update(state="failed", attempts=10, last_error="x")
    assert resend(delivery)
    again = Delivery.objects.get()
    assert (again.state, again.attempts, again.message_id) == ("pending", 0, delivery.message_id)
