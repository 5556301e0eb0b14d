"""What stops any storm of automatic answers (security.md T11, T12, R29, G8)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from helpdesk.mail import ceilings, delivery
from helpdesk.mail.models import OutboundMail
from helpdesk.mail.states import OutboundState
from tests.helpdesk.mail.mails import an_outbound_mail
from tests.helpdesk.mail.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db


def answers(count: int, *, to: str = "carla@acme.example", ceiling: str = "answer") -> None:
    start = OutboundMail.objects.count()
    for number in range(start, start + count):
        an_outbound_mail(to=to, key=str(number), ceiling=ceiling, automatic="auto-replied")


def states() -> list[str]:
    return list(OutboundMail.objects.order_by("pk").values_list("state", flat=True))


def test_an_address_gets_three_answers_an_hour(sink: SmtpSink) -> None:
    answers(5)
    delivery.deliver_due(seconds=10)
    assert states() == ["accepted"] * 3 + ["suppressed"] * 2
    held = OutboundMail.objects.held_by_ceiling().first()
    assert held is not None
    assert held.last_error == "This address got 3 automatic answers within the last hour."


def test_letter_case_makes_no_new_address(sink: SmtpSink) -> None:
    answers(2)
    answers(2, to="Carla@ACME.example")
    delivery.deliver_due(seconds=10)
    assert len(sink.mails) == 3


def test_an_address_gets_ten_answers_a_day(sink: SmtpSink) -> None:
    for _ in range(4):
        answers(3)
        delivery.deliver_due(seconds=10)
        OutboundMail.objects.exclude(granted_at=None).update(granted_at=Now() - timedelta(hours=2))
    assert len(sink.mails) == 10
    assert (
        "10 automatic answers within the last day" in OutboundMail.objects.latest("pk").last_error
    )


def test_a_stranger_gets_one_answer_a_day(sink: SmtpSink) -> None:
    answers(2, ceiling="stranger")
    delivery.deliver_due(seconds=10)
    assert len(sink.mails) == 1


def test_the_desk_as_a_whole_has_a_ceiling_that_shows(sink: SmtpSink, settings: Settings) -> None:
    settings.MAIL_ANSWERS_PER_HOUR = 2
    for number in range(4):
        answers(1, to=f"person{number}@acme.example")
    delivery.deliver_due(seconds=10)
    assert len(sink.mails) == 2
    standing = ceilings.standing()
    assert (standing.answers_last_hour, standing.held_back_last_day) == (2, 2)
    assert standing.is_acting


def test_what_a_person_wrote_knows_no_ceiling(sink: SmtpSink, settings: Settings) -> None:
    settings.MAIL_ANSWERS_PER_HOUR = 0
    for number in range(12):
        an_outbound_mail(key=str(number))
    delivery.deliver_due(seconds=10)
    assert len(sink.mails) == 12


def test_an_answer_that_is_tried_again_counts_once(sink: SmtpSink) -> None:
    sink.on_rcpt = lambda address: "451 4.7.1 Later"
    answers(1)
    for _ in range(5):
        OutboundMail.objects.update(next_attempt_at=Now())
        delivery.deliver_due(seconds=10)
    assert states() == ["pending"]
    assert OutboundMail.objects.get().attempts == 5


@pytest.mark.django_db(transaction=True)
def test_many_workers_stay_below_the_ceiling_together() -> None:
    answers(20)

    def claim(_: int) -> bool:
        try:
            return delivery.claim_next() is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        claimed = sum(threads.map(claim, range(8)))
    assert claimed == 3
    assert OutboundMail.objects.in_state(OutboundState.SENDING).count() == 3
