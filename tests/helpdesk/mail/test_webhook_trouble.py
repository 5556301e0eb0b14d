"""The webhook while the house is on fire: the mail is ours, or the sender keeps it."""

import socket

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from helpdesk.mail import processing, waking
from helpdesk.mail.models import InboundMail
from helpdesk.mail.states import InboundState
from helpdesk.mail.tasks import process_inbound
from tests.helpdesk.mail.test_views import SECRET, post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _secrets(settings: Settings) -> None:
    settings.MAIL_INBOUND_SECRETS = [SECRET]


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Redis is gone: nothing listens where the broker was."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        nowhere = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
    for name in ("broker_url", "broker_write_url"):
        monkeypatch.setitem(process_inbound.app.conf, name, nowhere)
    monkeypatch.setattr(waking, "_bell", waking.Bell())


def test_without_redis_mails_are_taken_and_the_sweep_processes_them(
    client: Client, no_broker: None, sorter: None
) -> None:
    assert post(client).status_code == 200
    assert processing.process_due(seconds=30) == 1
    assert InboundMail.objects.get().state == InboundState.CASED


def test_trouble_of_the_database_is_a_503_that_asks_to_try_again(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mail_inboundtally RENAME TO mail_elsewhere")
    try:
        answer = post(client)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE mail_elsewhere RENAME TO mail_inboundtally")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Send it again." in answer.json()["error"]
    assert not InboundMail.objects.exists()
    assert post(client).status_code == 200
