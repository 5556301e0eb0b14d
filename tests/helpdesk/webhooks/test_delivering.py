"""Posting what is due to a real receiver, and what comes of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models.functions import Now
from standardwebhooks import Webhook

from helpdesk.mail.clock import database_now
from helpdesk.people.sign_in.sealing import unseal
from helpdesk.webhooks import endpoints
from helpdesk.webhooks.delivering import claim_next, deliver, deliver_due, forget_old
from helpdesk.webhooks.models import Delivery, Endpoint
from helpdesk.webhooks.queueing import queue
from tests.tls_host import Host, bodies_of, headers_of

AT = datetime(2026, 7, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def delivery(ours: Endpoint) -> Delivery:
    return queue(ours, kind="page.ring", key="page:1", at=AT, data={"text": "Grüße"})


def _status(receiver: Host, status: int) -> None:
    receiver.says(f"HTTP/1.1 {status} X\r\n\r\nno".encode())


def test_what_is_due_is_posted_once(delivery: Delivery, receiver: Host) -> None:
    assert (deliver_due(seconds=5), deliver_due(seconds=5)) == (1, 0)
    assert bodies_of(receiver) == [
        {"type": "page.ring", "timestamp": "2026-07-01T02:03:00+00:00", "data": {"text": "Grüße"}}
    ]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_status, delivery.last_answer) == ("delivered", 200, "ok")
    assert delivery.delivered_at is not None


def test_a_receiver_verifies_it_with_the_library_of_the_standard(
    delivery: Delivery, receiver: Host
) -> None:
    deliver_due(seconds=5)
    headers, body = headers_of(receiver.requests[0]), receiver.requests[0].partition(b"\r\n\r\n")[2]
    secret = unseal(Endpoint.objects.get().sealed_secret)
    assert Webhook(secret).verify(body, headers)["type"] == "page.ring"
    assert headers["webhook-id"] == delivery.message_id


def test_while_a_secret_is_changed_both_verify(
    delivery: Delivery, ours: Endpoint, receiver: Host
) -> None:
    old = unseal(ours.sealed_secret)
    new = endpoints.change_secret(ours, now=database_now())
    deliver_due(seconds=5)
    headers, body = headers_of(receiver.requests[0]), receiver.requests[0].partition(b"\r\n\r\n")[2]
    assert [Webhook(one).verify(body, headers)["type"] for one in (old, new)] == ["page.ring"] * 2


@pytest.mark.parametrize("status", [302, 404, 500])
def test_another_status_puts_it_off_and_its_words_are_kept(
    status: int, delivery: Delivery, receiver: Host
) -> None:
    _status(receiver, status)
    deliver_due(seconds=5)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("pending", 1)
    assert delivery.last_error == f"The endpoint answered with status {status}."
    assert delivery.next_attempt_at - database_now() > timedelta(seconds=3)


def test_after_the_last_pause_it_is_given_up(delivery: Delivery, receiver: Host) -> None:
    _status(receiver, 500)
    Delivery.objects.update(attempts=9)
    deliver_due(seconds=5)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("failed", 10)
    assert delivery.last_error.startswith("Given up after 10 attempts.")


def test_an_endpoint_that_is_gone_is_switched_off(
    delivery: Delivery, ours: Endpoint, receiver: Host
) -> None:
    _status(receiver, 410)
    deliver_due(seconds=5)
    ours.refresh_from_db()
    delivery.refresh_from_db()
    assert (ours.is_on, delivery.state) == (False, "failed")
    assert ours.off_reason == "It answered that it is gone (410)."


def test_where_nobody_answers_everything_rests_after_one_attempt(
    delivery: Delivery, ours: Endpoint, receiver: Host
) -> None:
    queue(ours, kind="page.ring", key="page:2", at=AT, data={})
    receiver.says(b"")
    assert deliver_due(seconds=5) == 1
    assert receiver.connections == 1
    ours.refresh_from_db()
    late = queue(ours, kind="page.ring", key="page:3", at=AT, data={})
    assert late.next_attempt_at == ours.paused_until


def test_the_first_answer_ends_the_rest(delivery: Delivery, ours: Endpoint, receiver: Host) -> None:
    Endpoint.objects.update(failing_since=Now() - timedelta(hours=1), paused_until=Now())
    deliver_due(seconds=5)
    ours.refresh_from_db()
    assert (ours.failing_since, ours.paused_until) == (None, None)


def test_after_days_of_silence_it_is_switched_off(
    delivery: Delivery, ours: Endpoint, receiver: Host
) -> None:
    Endpoint.objects.update(failing_since=Now() - timedelta(days=6))
    receiver.says(b"")
    deliver_due(seconds=5)
    ours.refresh_from_db()
    assert not ours.is_on


def test_a_delivery_that_another_worker_took_over_is_not_marked_by_the_first(
    delivery: Delivery, receiver: Host
) -> None:
    mine = claim_next()
    assert mine is not None
    Delivery.objects.update(attempts=2)
    deliver(mine)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("sending", 2)


def test_what_a_killed_worker_left_is_posted_when_its_lease_ends(
    delivery: Delivery, receiver: Host
) -> None:
    claim_next()
    assert deliver_due(seconds=5) == 0
    Delivery.objects.update(next_attempt_at=Now())
    assert deliver_due(seconds=5) == 1


def test_inside_is_not_reached_unless_settings_say_so(
    delivery: Delivery, receiver: Host, settings: object
) -> None:
    settings.WEBHOOK_NETWORKS = []  # type: ignore[attr-defined]
    deliver_due(seconds=5)
    delivery.refresh_from_db()
    assert delivery.last_error == "The host is not on the public internet."
    assert receiver.connections == 0


def test_what_is_over_is_forgotten_after_a_month_and_what_waits_is_not(ours: Endpoint) -> None:
    for key, state in (("1", "delivered"), ("2", "pending"), ("3", "failed")):
        queue(ours, kind="page.ring", key=key, at=AT, data={})
        Delivery.objects.filter(key=key).update(state=state)
    Delivery.objects.exclude(key="3").update(created_at=Now() - timedelta(days=31))
    assert forget_old() == 1
    assert set(Delivery.objects.values_list("key", flat=True)) == {"2", "3"}
