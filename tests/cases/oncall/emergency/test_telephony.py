"""The signed webhook of the telephone system."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from standardwebhooks import Webhook

from cases.mailroom.acknowledging import acknowledge
from cases.models import Case
from cases.oncall import beginning
from cases.oncall.emergency import telephony
from cases.oncall.models import EmergencyCall, Page
from helpdesk.mail.clock import database_now
from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person
from tests.cases.oncall.desk import opened

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OLD_SECRET = "whsec_b2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQtb2xkLW9sZA=="
NOW = datetime(2026, 7, 1, 16, 14, tzinfo=UTC)
CALL = {"type": "call.received", "data": {"from": "+61 3 5550 0100", "text": "Nobody gets in."}}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _secrets(settings: LazySettings) -> None:
    settings.TELEPHONY_SECRETS = [SECRET, OLD_SECRET]


def ring(
    body: Any = CALL,
    *,
    secret: str = SECRET,
    message_id: str = "call_1",
    signed_at: datetime | None = None,
    **headers: str,
) -> Any:
    raw = body if isinstance(body, str) else json.dumps(body)
    at = signed_at or datetime.now(UTC)
    signed = {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, at, raw),
        **headers,
    }
    return Client(enforce_csrf_checks=True).post(
        "/emergency/telephony/", raw, content_type="application/json", headers=signed
    )


def process() -> Case:
    telephony.process_due(now=database_now() + timedelta(seconds=1))
    return Case.objects.latest("pk")


def test_what_came_is_stored_before_it_is_answered(db: None) -> None:
    assert ring().json() == {"accepted": True, "case": None}
    call = EmergencyCall.objects.get()
    assert (call.state, json.loads(call.body)) == ("pending", CALL)


@pytest.mark.parametrize("secret", [SECRET, OLD_SECRET])
def test_both_secrets_are_believed_while_one_replaces_the_other(secret: str) -> None:
    assert ring(secret=secret).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": "nonsense"},
        {"webhook-signature": "v1,é"},
        {"webhook-signature": ""},
        {"webhook-id": "another"},
        {"webhook-timestamp": "soon"},
    ],
)
def test_without_a_good_signature_nothing_is_kept(headers: dict[str, Any]) -> None:
    answer = ring(**headers)
    assert (answer.status_code, EmergencyCall.objects.count()) == (401, 0)
    assert answer.json()["detail"] == "The signature is missing, wrong or out of date."


def test_a_desk_without_secrets_answers_nobody(settings: LazySettings) -> None:
    settings.TELEPHONY_SECRETS = []
    assert ring().status_code == 401


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_message_of_another_time_is_refused(minutes: int) -> None:
    assert ring(signed_at=datetime.now(UTC) + timedelta(minutes=minutes)).status_code == 401


def test_a_body_that_is_too_long_is_refused() -> None:
    assert ring("x" * (telephony.MOST_BYTES + 1)).status_code == 413


def test_the_same_message_twice_is_one_case() -> None:
    ring()
    case = process()
    assert ring().json() == {"accepted": True, "case": case.number}
    process()
    assert Case.objects.count() == 1


def test_a_known_caller_gets_a_critical_case_that_pages(carla: Person) -> None:
    Person.objects.filter(pk=carla.pk).update(phone="(03) 5550 0100")
    ring()
    case = process()
    assert (case.client, case.priority, case.channel) == (carla, "critical", "phone")
    assert case.subject == "Emergency call from +61 3 5550 0100"
    assert case.emergency_call.is_verified
    beginning.page_if_critical(opened(case))
    assert Page.objects.get().case == case


def test_an_unknown_caller_gets_one_too_and_it_is_marked() -> None:
    ring()
    case = process()
    assert not case.emergency_call.is_verified
    assert case.messages.get().text == "Nobody gets in.\n\nCall back: +61 3 5550 0100"


def test_to_an_unknown_caller_no_mail_is_sent() -> None:
    ring()
    acknowledge(opened(process()))
    assert not OutboundMail.objects.exists()


@pytest.mark.parametrize("body", ["not json", "[]", '{"data": 7}', '{"data": null}', "\x00", "{}"])
def test_what_cannot_be_read_is_a_case_all_the_same(body: str) -> None:
    assert ring(body).status_code == 200
    assert process().subject == "Emergency call that could not be read"


def test_only_known_characteristics_are_taken() -> None:
    ring({"data": {"from": "", "characteristics": ["hangs", "<b>", 7]}})
    case = process()
    assert case.characteristics == ["hangs"]
    assert case.subject == "Emergency call from an unknown number"


def test_a_poisonous_call_waits_and_the_next_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = telephony.read

    def poisoned(body: str) -> Any:
        if "poison" in body:
            raise RuntimeError("poison")
        return real(body)

    monkeypatch.setattr(telephony, "read", poisoned)
    ring("poison", message_id="call_0")
    ring()
    process()
    waiting = EmergencyCall.objects.get(message_id="call_0")
    assert (waiting.state, waiting.attempts) == ("pending", 1)
    assert waiting.last_error == "RuntimeError: poison"
    assert Case.objects.count() == 1


@time_machine.travel(NOW, tick=False)
def test_get_is_not_answered(client: Client) -> None:
    assert client.get("/emergency/telephony/").status_code == 405
