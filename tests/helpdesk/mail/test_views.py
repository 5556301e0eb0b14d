"""The raw webhook (security.md T9, R1, R2, R8, R12, R30, R31)."""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from helpdesk.mail.models import InboundMail
from helpdesk.mail.states import InboundState
from tests.helpdesk.mail.mails import a_raw_mail

pytestmark = pytest.mark.django_db

URL = "/mail/inbound/raw/"
SECRET, OLD_SECRET = "a-secret-of-this-desk", "the-one-before"


@pytest.fixture(autouse=True)
def _secrets(settings: Settings) -> None:
    settings.MAIL_INBOUND_SECRETS = [SECRET, OLD_SECRET]


def post(client: Client, body: bytes = a_raw_mail(), **headers: Any) -> Any:
    """Post a mail, by default with a good bearer token; header names have underscores here."""
    values = {"Authorization": f"Bearer {SECRET}"} | {
        name.replace("_", "-"): value for name, value in headers.items() if value is not None
    }
    content_type = values.pop("Content-Type", "message/rfc822")
    return client.post(URL, data=body, content_type=content_type, headers=values)


def signature(body: bytes, *, secret: str = SECRET, at: int | None = None) -> dict[str, str]:
    """The headers of a signed request, as Standard Webhooks wants them."""
    timestamp = str(at if at is not None else int(time.time()))
    digest = hmac.new(secret.encode(), f"msg_1.{timestamp}.".encode() + body, hashlib.sha256)
    return {
        "Authorization": "",
        "webhook_id": "msg_1",
        "webhook_timestamp": timestamp,
        "webhook_signature": f"v1,{base64.b64encode(digest.digest()).decode()}",
    }


def test_a_mail_is_stored_and_answered_with_its_id_alone(client: Client) -> None:
    answer = post(client, X_Envelope_From="carla@acme.example", X_Envelope_To="a@b.example, c@d.e")
    mail = InboundMail.objects.get()
    assert (answer.status_code, answer.json()) == (200, {"id": mail.pk, "duplicate": False})
    assert (mail.source, mail.envelope_from) == ("webhook", "carla@acme.example")
    assert mail.envelope_to == ["a@b.example", "c@d.e"]
    assert bytes(mail.raw.content) == a_raw_mail()


@pytest.mark.parametrize("secret", [SECRET, OLD_SECRET])
def test_either_secret_opens_while_one_replaces_the_other(client: Client, secret: str) -> None:
    assert post(client, Authorization=f"Bearer {secret}").status_code == 200
    body = a_raw_mail(text="signed")
    assert post(client, body, **signature(body, secret=secret)).status_code == 200


def test_no_secret_at_all_means_nobody_is_served(client: Client, settings: Settings) -> None:
    for secrets in ([], [""]):
        settings.MAIL_INBOUND_SECRETS = secrets
        for token in ("", "Bearer ", "Bearer x"):
            assert post(client, Authorization=token).status_code == 403
    assert not InboundMail.objects.exists()


BODY = a_raw_mail()


@pytest.mark.parametrize(
    "offered",
    [
        lambda: {"Authorization": ""},
        lambda: {"Authorization": "Bearer"},
        lambda: {"Authorization": "Bearer wrong"},
        lambda: {"Authorization": f"Basic {SECRET}"},
        lambda: {"Authorization": f"Bearer {SECRET}x"},
        lambda: {"Authorization": "Bearer ä"},
        lambda: signature(BODY) | {"webhook_signature": "v1,AAAA"},
        lambda: signature(BODY) | {"webhook_signature": ""},
        lambda: signature(BODY) | {"webhook_signature": "v1"},
        lambda: signature(BODY) | {"webhook_id": "msg_2"},
        lambda: signature(BODY) | {"webhook_id": ""},
        lambda: signature(BODY, secret="wrong"),
        lambda: signature(BODY + b"x"),
        lambda: signature(BODY, at=int(time.time()) - 310),
        lambda: signature(BODY, at=int(time.time()) + 310),
        lambda: signature(BODY) | {"webhook_timestamp": "soon"},
        lambda: signature(BODY) | {"webhook_timestamp": "9" * 30},
    ],
)
def test_a_caller_who_cannot_prove_it_is_refused_with_a_sentence(
    client: Client, offered: Callable[[], dict[str, str]]
) -> None:
    answer = post(client, BODY, **offered())
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json()["error"].endswith(".")
    assert not InboundMail.objects.exists()


def test_a_signed_request_that_is_replayed_is_the_same_mail(client: Client) -> None:
    headers = signature(BODY)
    answers = [
        post(client, BODY, **headers, X_Envelope_To=f"{n}@waratah.example") for n in range(3)
    ]
    assert [one.json()["duplicate"] for one in answers] == [False, True, True]
    assert InboundMail.objects.count() == 1


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "multipart/form-data"])
def test_only_raw_mail_is_taken(client: Client, content_type: str) -> None:
    assert post(client, Content_Type=content_type).status_code == 415


def test_a_content_type_may_have_parameters(client: Client) -> None:
    assert post(client, Content_Type="message/rfc822; charset=utf-8").status_code == 200


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "head", "options"])
def test_only_post_is_served(client: Client, method: str) -> None:
    answer = getattr(client, method)(URL, headers={"Authorization": f"Bearer {SECRET}"})
    assert (answer.status_code, answer["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("length", "status"),
    [("", 411), ("x", 400), ("-1", 400), ("0", 400)],
)
def test_a_wrong_length_stores_nothing(client: Client, length: str, status: int) -> None:
    answer = client.generic(
        "POST",
        URL,
        a_raw_mail(),
        "message/rfc822",
        CONTENT_LENGTH=length,
        headers={"Authorization": f"Bearer {SECRET}"},
    )
    assert answer.status_code == status
    assert answer.json()["error"].endswith(".")
    assert not InboundMail.objects.exists()


def test_a_mail_that_is_too_large_is_refused_and_recorded(
    client: Client, settings: Settings
) -> None:
    settings.MAIL_MAX_BYTES = 1000
    answer = post(client, a_raw_mail(text="x" * 3000))
    mail = InboundMail.objects.get()
    assert (answer.status_code, answer.json()) == (413, {"error": mail.reason, "id": mail.pk})
    assert mail.state == InboundState.REJECTED
    assert not hasattr(mail, "raw")


def test_a_gigantic_mail_is_not_even_read(client: Client, settings: Settings) -> None:
    settings.MAIL_MAX_BYTES = 100
    assert post(client, a_raw_mail(text="x" * 3000)).status_code == 413
    assert not InboundMail.objects.exists()


def test_twelve_deliveries_are_one_mail(client: Client) -> None:
    answers = [post(client).json() for _ in range(12)]
    assert len({one["id"] for one in answers}) == 1
    assert InboundMail.objects.get().deliveries == 12


@pytest.mark.parametrize("body", [b"x", bytes(range(256)) * 10, b"\n" * 1000, b"From"])
def test_whatever_the_bytes_are_they_are_kept(client: Client, body: bytes) -> None:
    assert post(client, body).status_code == 200
    assert bytes(InboundMail.objects.get().raw.content) == body


@pytest.mark.parametrize("value", ["a\x00b", "ä" * 500, "," * 500, "x" * 5000, '"a,b"@c.example'])
def test_odd_envelopes_are_no_error(client: Client, value: str) -> None:
    assert post(client, X_Envelope_To=value, X_Envelope_From=value).status_code == 200


def test_no_browser_session_or_token_against_forgery_is_needed() -> None:
    assert post(Client(enforce_csrf_checks=True)).status_code == 200
