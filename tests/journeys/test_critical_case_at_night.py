"""A critical case at night: by the form, by telephone, by mail, over real SMTP and webhooks."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from standardwebhooks import Webhook

from cases.models import Case
from cases.oncall.emergency import telephony
from cases.oncall.models import Page, Rota
from cases.sla.presets import load_policies
from helpdesk.calendars.presets import load_preset
from helpdesk.mail.clock import database_now
from helpdesk.people.models import Person
from helpdesk.webhooks import endpoints
from tests.cases.mailroom.mails import VOUCHED, arrives
from tests.cases.oncall.desk import NIGHT, a_rota, after
from tests.helpdesk.mail.smtp_sink import SmtpSink
from tests.journeys.in_process import beat
from tests.tls_host import RECEIVER, Host, bodies_of

Browser = Callable[[Person], Client]
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
FORM = {
    "subject": "Nobody can sign in",
    "type": "problem",
    "priority": "critical",
    "characteristics": ["nobody_gets_in"],
    "details": "Since the update of this evening.",
}


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[SmtpSink]:
    with SmtpSink() as server:
        settings.MAIL_BACKEND = "helpdesk.mail.smtp_backend.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


@pytest.fixture
def rota(ada: Person, ben: Person, receiver: Host) -> Rota:
    load_preset("anz", by="test", now=datetime(2026, 1, 1, tzinfo=UTC))
    load_policies()
    rota = a_rota(primary=ada, secondary=ben)
    gateway = endpoints.create("SMS", f"https://{RECEIVER}:{receiver.port}/sms")[0]
    rota.gateways.add(gateway)
    return rota


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NIGHT, tick=False) as clock:
        yield clock


def mails_to(sink: SmtpSink, person: Person) -> list[EmailMessage]:
    return [mail for mail in sink.mails if mail["To"].addresses[0].addr_spec == person.email]


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]


def test_from_the_form_to_the_printed_report(
    rota: Rota,
    sink: SmtpSink,
    receiver: Host,
    clock: time_machine.Traveller,
    client_as: Browser,
    carla: Person,
    ada: Person,
    ben: Person,
) -> None:
    client = client_as(carla)
    opened = client.post("/cases/new/", FORM)
    case = Case.objects.get()
    assert opened.status_code == 302
    beat(now=after(0))
    assert mails_to(sink, ada)[-1]["Subject"] == (
        f"CRITICAL [{case.shown_number}] Acme: Nobody can sign in"
    )
    assert bodies_of(receiver)[0]["data"]["to"]["name"] == "Ada Lovelace"

    beat(now=after(5))
    assert [one["data"]["to"]["name"] for one in bodies_of(receiver)][1:] == ["Ben Okri"]
    clock.move_to(after(7))
    link = re.search(r"http://\S+(/on-call/\S+/)", text_of(mails_to(sink, ben)[-1]))
    assert link is not None
    assert Client().get(link[1]).status_code == 200
    Client().post(link[1])
    assert Page.objects.get().acknowledged_by == ben
    beat(now=after(12))
    assert Page.objects.get().attempt_count == 2
    shown = client.get(f"/cases/{case.shown_number}/").text
    assert "data-countdown" in shown
    assert "Ben Okri took the call." in shown

    clock.move_to(after(25))
    console = client_as(ben)
    case.refresh_from_db()
    answer = {"audience": "public", "text": "It runs again.", "version": case.version}
    console.post(f"/console/cases/{case.shown_number}/messages/", answer)
    beat(now=after(25))
    assert Page.objects.get().end_reason == "Ben Okri answered the client."
    assert "data-countdown" not in client.get(f"/cases/{case.shown_number}/").text

    clock.move_to(after(30))
    lower = {"priority": "high", "reason": "Only one office is still affected."}
    console.post(f"/console/cases/{case.shown_number}/priority/", lower)
    beat(now=after(30))
    assert "Only one office is still affected." in text_of(mails_to(sink, carla)[-1])
    report = client.get(f"/cases/{case.shown_number}/incident/").text
    assert "We called the engineer on call (Secondary)." in report
    assert "from Critical to High. Only one office is still affected." in report
    assert "It runs again." in report


def test_a_call_on_the_emergency_line(
    rota: Rota, sink: SmtpSink, settings: LazySettings, ada: Person
) -> None:
    settings.TELEPHONY_SECRETS = [SECRET]
    body = json.dumps({"data": {"from": "+61 3 5550 0100", "text": "Nobody gets in."}})
    now = datetime.now(UTC)
    headers = {
        "webhook-id": "call_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(SECRET).sign("call_1", now, body),
    }
    for _ in range(2):
        answer = Client().post(
            "/emergency/telephony/", body, content_type="application/json", headers=headers
        )
        assert answer.status_code == 200
    telephony.process_due(now=database_now() + timedelta(seconds=1))
    beat(now=database_now() + timedelta(seconds=1))
    assert Case.objects.get().subject == "Emergency call from +61 3 5550 0100"
    assert "CRITICAL" in mails_to(sink, ada)[-1]["Subject"]


def test_a_mail_with_critical_in_its_subject(
    rota: Rota, sink: SmtpSink, carla: Person, ada: Person
) -> None:
    arrives(subject="CRITICAL: nobody gets in", auth=VOUCHED)
    beat(now=database_now() + timedelta(seconds=1))
    assert Case.objects.get().priority == "critical"
    called = mails_to(sink, ada)[-1]
    assert "CRITICAL" in called["Subject"]
    assert "The client calls it critical." in text_of(called)
