"""What machines ask of the desk."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.test import Client

from helpdesk.mail.intake import receive
from helpdesk.mail.models import InboundMail


def test_the_process_answers_without_asking_the_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}


@pytest.mark.django_db
def test_a_desk_whose_parts_answer_is_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"], answer.json()["redis"]) == (
        200,
        "up",
        "up",
    )
    assert answer.json()["oldest_mail_seconds"] == {"in": 0, "out": 0}


@pytest.mark.django_db
def test_a_mail_that_waits_shows_its_age(client: Client) -> None:
    receive(b"From: a@b.example\n\nHello", source="test")
    InboundMail.objects.update(received_at=Now() - timedelta(minutes=5))
    assert 300 <= client.get("/readyz").json()["oldest_mail_seconds"]["in"] < 310
