"""Endpoints and deliveries in Django's admin: for administrators alone."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from helpdesk.people.models import Organisation, Person
from helpdesk.people.sign_in.sealing import unseal
from helpdesk.webhooks import endpoints
from helpdesk.webhooks.models import Delivery, Endpoint
from helpdesk.webhooks.queueing import queue

ENDPOINTS = "/admin/webhooks/endpoint/"
DELIVERIES = "/admin/webhooks/delivery/"
AT = datetime(2026, 7, 1, 2, 3, tzinfo=UTC)
FORM = {"name": "Shop", "url": "https://shop.example/hook", "audience": "client", "is_on": "on"}


@pytest.fixture
def roots(client_as: Callable[[Person], Client], root: Person) -> Client:
    return client_as(root)


@pytest.mark.parametrize("who", ["ada", "lea", "carla", "cem"])
@pytest.mark.parametrize("address", [ENDPOINTS, DELIVERIES])
def test_nobody_but_administrators_gets_in(
    address: str,
    who: str,
    client_as: Callable[[Person], Client],
    request: pytest.FixtureRequest,
) -> None:
    assert client_as(request.getfixturevalue(who)).get(address, follow=True).status_code == 403


def test_the_secret_of_a_new_endpoint_is_shown_once(roots: Client) -> None:
    page = roots.post(f"{ENDPOINTS}add/", {**FORM, "listens_to": "case.opened"}, follow=True)
    endpoint = Endpoint.objects.get()
    assert unseal(endpoint.sealed_secret) in page.text
    again = roots.get(f"{ENDPOINTS}{endpoint.pk}/change/").text
    assert "whsec_" not in again
    assert endpoint.sealed_secret not in again


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("url", "http://shop.example/", "Only plain https addresses"),
        ("url", "https://shop.example:22/", "Port 22"),
        ("listens_to", "case.opened,everything", "Write “everything” like case.opened"),
    ],
)
def test_what_could_not_work_is_refused_with_a_sentence(
    field: str, value: str, words: str, roots: Client
) -> None:
    page = roots.post(f"{ENDPOINTS}add/", {**FORM, field: value})
    assert words in page.text
    assert not Endpoint.objects.exists()


def test_an_organisation_cannot_be_given_what_agents_read(acme: Organisation) -> None:
    with pytest.raises(ValidationError, match="hears what clients may read"):
        endpoints.create("Acme", "https://a.example/", organisation=acme, audience="agents")


def test_a_changed_secret_is_shown(roots: Client, ours: Endpoint) -> None:
    chosen = {"action": "change_secret", "_selected_action": [ours.pk]}
    page = roots.post(ENDPOINTS, chosen, follow=True)
    ours.refresh_from_db()
    assert unseal(ours.sealed_secret) in page.text


def test_switched_off_and_on_again(roots: Client, ours: Endpoint) -> None:
    roots.post(ENDPOINTS, {"action": "switch_off", "_selected_action": [ours.pk]})
    ours.refresh_from_db()
    assert (ours.is_on, ours.off_reason) == (False, "Switched off by Root Banyan.")
    roots.post(ENDPOINTS, {"action": "switch_on", "_selected_action": [ours.pk]})
    ours.refresh_from_db()
    assert (ours.is_on, ours.off_reason) == (True, "")


def test_what_was_given_up_is_sent_again(roots: Client, ours: Endpoint) -> None:
    delivery = queue(ours, kind="page.ring", key="1", at=AT, data={})
    Delivery.objects.update(state="failed")
    chosen = {"action": "resend", "_selected_action": [delivery.pk]}
    assert "Queued again: 1 of 1." in roots.post(DELIVERIES, chosen, follow=True).text
    delivery.refresh_from_db()
    assert delivery.state == "pending"
