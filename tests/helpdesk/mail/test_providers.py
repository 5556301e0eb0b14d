"""Hosted providers hand mails over and tell of ours (security.md T9, T10)."""

import base64
import json
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from pytest_django.fixtures import Settings

from helpdesk.mail import providers
from helpdesk.mail.models import InboundMail, OutboundMail, SuppressedAddress
from helpdesk.mail.states import OutboundState
from tests.helpdesk.mail.mails import a_raw_mail, an_outbound_mail

pytestmark = pytest.mark.django_db

GOOD_KEY = "Basic " + base64.b64encode(b"post:mark").decode()


@pytest.fixture(autouse=True)
def _postmark(settings: Settings) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": "post:mark"}
    urls.urlpatterns[:] = providers.urls_of(["postmark"])
    settings.ROOT_URLCONF = urls


class urls:  # noqa: N801 - stands for a module of addresses
    urlpatterns: list[Any] = [path("nothing/", lambda request: HttpResponse())]


def hand_over(told: dict[str, Any], *, key: str = GOOD_KEY) -> HttpResponse:
    return Client().post(  # type: ignore[return-value]
        "/inbound/postmark/",
        json.dumps(told),
        content_type="application/json",
        headers={"Authorization": key},
    )


def a_delivery(message_id: str = "pm-1") -> dict[str, Any]:
    """What Postmark posts for a mail when it is told to send the source along."""
    return {
        "MessageID": message_id,
        "OriginalRecipient": "support@waratah.example",
        "RawEmail": a_raw_mail().decode(),
        "Headers": [{"Name": "Return-Path", "Value": "<carla@acme.example>"}],
    }


def tell(**event: object) -> HttpResponse:
    return Client().post(  # type: ignore[return-value]
        "/tracking/postmark/",
        json.dumps(event),
        content_type="application/json",
        headers={"Authorization": GOOD_KEY},
    )


def test_a_mail_is_stored_as_the_provider_got_it() -> None:
    assert hand_over(a_delivery()).status_code == 200
    mail = InboundMail.objects.get()
    assert bytes(mail.raw.content) == a_raw_mail()
    assert (mail.source, mail.provider_id) == ("postmark", "pm-1")
    assert mail.envelope_to == ["support@waratah.example"]
    assert mail.auth["by"] == "postmark"


def test_a_mail_that_the_provider_delivers_again_is_one_row() -> None:
    for _ in range(3):
        hand_over(a_delivery())
    assert InboundMail.objects.get().deliveries == 3


@pytest.mark.parametrize("key", ["", "Basic x", "Basic cG9zdDp3cm9uZw=="])
def test_a_caller_without_the_secret_is_refused(key: str) -> None:
    answer = hand_over(a_delivery(), key=key)
    assert answer.status_code == 400
    assert not InboundMail.objects.exists()


def test_a_mail_without_its_source_is_put_together_the_same_way_each_time() -> None:
    told = {
        "MessageID": "pm-2",
        "FromFull": {"Email": "carla@acme.example", "Name": "Carla", "MailboxHash": ""},
        "ToFull": [{"Email": "support@waratah.example", "Name": "", "MailboxHash": ""}],
        "Subject": "Hello",
        "TextBody": "Words",
        "HtmlBody": "<p>Words</p>",
        "Headers": [{"Name": "Message-ID", "Value": "<1@acme.example>"}],
    }
    for number in range(2):
        hand_over(told | {"MessageID": f"pm-{number}"})
    mail = InboundMail.objects.get()
    assert mail.deliveries == 2
    assert base64.b64encode(b"<p>Words</p>") in bytes(mail.raw.content)


def sent_by_provider(key: str) -> OutboundMail:
    mail = an_outbound_mail(key=key)
    OutboundMail.objects.filter(pk=mail.pk).update(
        state=OutboundState.ACCEPTED, provider_id=f"sent-{key}"
    )
    return mail


def bounce(key: str, *, kind: str = "HardBounce") -> None:
    tell(
        RecordType="Bounce",
        Type=kind,
        MessageID=f"sent-{key}",
        Email="carla@acme.example",
        Details="550 No such user",
    )


def test_a_bounce_is_matched_to_its_mail_and_the_second_suppresses() -> None:
    for key in "12":
        sent_by_provider(key)
        bounce(key)
    assert OutboundMail.objects.in_state(OutboundState.BOUNCED).count() == 2
    assert SuppressedAddress.objects.get().address == "carla@acme.example"


def test_a_soft_bounce_suppresses_nothing() -> None:
    for key in "12":
        sent_by_provider(key)
        bounce(key, kind="Transient")
    assert not SuppressedAddress.objects.exists()


def test_a_complaint_suppresses() -> None:
    sent_by_provider("1")
    tell(RecordType="SpamComplaint", MessageID="sent-1", Email="carla@acme.example")
    assert SuppressedAddress.objects.get().cause == SuppressedAddress.Cause.COMPLAINT


def test_an_event_about_somebody_elses_mail_changes_nothing() -> None:
    bounce("9")
    tell(RecordType="SpamComplaint", MessageID="sent-9", Email="carla@acme.example")
    assert not SuppressedAddress.objects.exists()


def test_a_provider_without_a_secret_is_not_opened(settings: Settings) -> None:
    settings.ANYMAIL = {}
    with pytest.raises(ImproperlyConfigured, match="has no WEBHOOK_SECRET"):
        providers.urls_of(["postmark"])


@pytest.mark.parametrize("name", ["mailgun", "mandrill", "brevo", "sparkpost", "mailjet", "resend"])
def test_each_provider_gets_a_way_in_and_a_way_to_tell(name: str) -> None:
    assert [str(one.pattern) for one in providers.urls_of([name])] == [
        f"inbound/{name}/",
        f"tracking/{name}/",
    ]
