"""Web push: a device, a push service that speaks the real protocol, and what comes of it."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import LazySettings
from django.db.models.functions import Now
from django.test import Client

from helpdesk.notifications import vapid
from helpdesk.notifications.delivering import claim_next, deliver_due, forget_old
from helpdesk.notifications.devices import MOST_DEVICES
from helpdesk.notifications.models import PushMessage, PushSubscription
from helpdesk.notifications.push import queue
from helpdesk.people.models import Person
from tests.tls_host import RECEIVER, Host, headers_of

Browser = Callable[[Person], Client]
AUTH = b"0123456789abcdef"
DEVICE_KEY = ec.derive_private_key(7, ec.SECP256R1())
WORDS = {
    "title": "On call",
    "text": "Acme: nobody gets in",
    "url": "https://desk.example/on-call/x/",
}


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def a_point(key: ec.EllipticCurvePrivateKey) -> str:
    public = key.public_key()
    form = serialization.PublicFormat.UncompressedPoint
    return encoded(public.public_bytes(serialization.Encoding.X962, form))


def a_form(receiver: Host, **changes: str) -> dict[str, Any]:
    return {
        "endpoint": f"https://{RECEIVER}:{receiver.port}/push/1",
        "p256dh": a_point(DEVICE_KEY),
        "auth": encoded(AUTH),
        "device": "Chromium, Android",
        **changes,
    }


@pytest.fixture
def device(receiver: Host, client_as: Browser, ada: Person) -> PushSubscription:
    receiver.says(b"HTTP/1.1 201 Created\r\n\r\n")
    assert client_as(ada).post("/profile/devices/", a_form(receiver)).status_code == 201
    return PushSubscription.objects.get()


def test_the_device_decrypts_what_was_pushed(
    device: PushSubscription, receiver: Host, ada: Person
) -> None:
    [message] = queue(ada, key="attempt:1", **WORDS)
    assert (deliver_due(seconds=5), deliver_due(seconds=5)) == (1, 0)
    body = receiver.requests[0].partition(b"\r\n\r\n")[2]
    opened = http_ece.decrypt(body, private_key=DEVICE_KEY, auth_secret=AUTH, version="aes128gcm")
    assert json.loads(opened)["body"] == "Acme: nobody gets in"
    message.refresh_from_db()
    assert message.state == "accepted"


def test_the_push_service_knows_the_desk_by_its_key(
    device: PushSubscription, receiver: Host, ada: Person
) -> None:
    queue(ada, key="attempt:1", **WORDS)
    deliver_due(seconds=5)
    headers = headers_of(receiver.requests[0])
    token, key = headers["authorization"].removeprefix("vapid t=").split(",k=")
    assert key == vapid.public_key()
    point = base64.urlsafe_b64decode(key + "==")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    audience = f"https://{RECEIVER}:{receiver.port}"
    assert jwt.decode(token, public, ["ES256"], audience=audience)["sub"].startswith("mailto:")
    assert (headers["ttl"], headers["content-encoding"]) == ("3600", "aes128gcm")


def test_the_key_stays_while_the_secret_does(settings: LazySettings) -> None:
    first = vapid.public_key()
    assert vapid.public_key() == first
    settings.SECRET_KEY = "another"
    assert vapid.public_key() != first


def test_a_key_of_the_operator_takes_its_place(settings: LazySettings) -> None:
    settings.VAPID_PRIVATE_KEY = encoded((7).to_bytes(32, "big"))
    assert vapid.public_key() == a_point(DEVICE_KEY)


def test_the_same_key_is_told_once_a_device(device: PushSubscription, ada: Person) -> None:
    assert queue(ada, key="attempt:1", **WORDS) == queue(ada, key="attempt:1", **WORDS)


def test_who_has_no_device_is_told_nothing(db: None, ben: Person) -> None:
    assert queue(ben, key="attempt:1", **WORDS) == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(
    status: int, device: PushSubscription, receiver: Host, ada: Person
) -> None:
    receiver.says(f"HTTP/1.1 {status} X\r\n\r\n".encode())
    queue(ada, key="attempt:1", **WORDS)
    deliver_due(seconds=5)
    assert not PushSubscription.objects.exists()
    assert PushMessage.objects.get().state == "failed"


def test_a_push_service_in_trouble_is_asked_again_and_then_given_up(
    device: PushSubscription, receiver: Host, ada: Person
) -> None:
    receiver.says(b"HTTP/1.1 503 X\r\n\r\n")
    queue(ada, key="attempt:1", **WORDS)
    for _ in range(5):
        PushMessage.objects.update(next_attempt_at=Now())
        deliver_due(seconds=5)
    message = PushMessage.objects.get()
    assert (message.state, message.attempts) == ("failed", 5)
    assert message.last_error.startswith("Given up after 5 attempts.")


def test_what_a_killed_worker_left_is_sent_when_its_lease_ends(
    device: PushSubscription, ada: Person
) -> None:
    queue(ada, key="attempt:1", **WORDS)
    claim_next()
    assert deliver_due(seconds=5) == 0
    PushMessage.objects.update(next_attempt_at=Now())
    assert deliver_due(seconds=5) == 1


def test_old_messages_are_forgotten(device: PushSubscription, ada: Person) -> None:
    queue(ada, key="attempt:1", **WORDS)
    assert forget_old() == 0
    PushMessage.objects.update(created_at=Now() - timedelta(days=31))
    assert forget_old() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint": "http://push.example/1"},
        {"endpoint": "https://push.example:22/1"},
        {"p256dh": "AAAA"},
        {"p256dh": "é"},
        {"auth": "AAAA"},
        {"auth": ""},
    ],
)
def test_what_is_no_subscription_is_refused_with_a_sentence(
    changes: dict[str, str], receiver: Host, client_as: Browser, ada: Person
) -> None:
    answer = client_as(ada).post("/profile/devices/", a_form(receiver, **changes))
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("The browser sent no subscription")
    assert not PushSubscription.objects.exists()


def test_a_browser_belongs_to_whoever_is_signed_in(
    device: PushSubscription, receiver: Host, client_as: Browser, ben: Person
) -> None:
    client_as(ben).post("/profile/devices/", a_form(receiver))
    assert PushSubscription.objects.get().person == ben


def test_the_oldest_device_makes_room(receiver: Host, client_as: Browser, ada: Person) -> None:
    browser = client_as(ada)
    for number in range(MOST_DEVICES + 1):
        url = f"https://{RECEIVER}:{receiver.port}/push/{number}"
        browser.post("/profile/devices/", a_form(receiver, endpoint=url))
    endpoints = list(PushSubscription.objects.values_list("endpoint", flat=True))
    assert len(endpoints) == MOST_DEVICES
    assert not any(one.endswith("/push/0") for one in endpoints)


@pytest.mark.parametrize("who", ["carla", "cem", "gil", "ivy"])
def test_no_client_finds_the_page(
    who: str, client_as: Browser, request: pytest.FixtureRequest
) -> None:
    assert client_as(request.getfixturevalue(who)).get("/profile/devices/").status_code == 404


def test_nobody_takes_out_anothers_device(
    device: PushSubscription, client_as: Browser, ben: Person
) -> None:
    assert client_as(ben).post(f"/profile/devices/{device.pk}/removal/").status_code == 404
    assert PushSubscription.objects.exists()


def test_ones_own_device_is_shown_and_taken_out(
    device: PushSubscription, client_as: Browser, ada: Person
) -> None:
    browser = client_as(ada)
    assert "Chromium, Android" in browser.get("/profile/devices/").text
    browser.post(f"/profile/devices/{device.pk}/removal/")
    assert not PushSubscription.objects.exists()


def test_the_service_worker_stands_at_the_root_and_may_run(client: Client) -> None:
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
