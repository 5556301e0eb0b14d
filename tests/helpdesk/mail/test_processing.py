"""From a stored mail to its fate (security.md R3, R12, R18; part 6 rule 2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from helpdesk.mail import intake, processing
from helpdesk.mail.models import InboundMail, InboundRaw, SuppressedAddress
from helpdesk.mail.states import InboundState
from tests.helpdesk.mail.mails import a_raw_mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sorter")]


def stored(raw: bytes | None = None) -> InboundMail:
    receipt = intake.receive(raw or a_raw_mail(), source="webhook")
    return InboundMail.objects.get(pk=receipt.mail_id)


def make_due(mail: InboundMail) -> None:
    InboundMail.objects.filter(pk=mail.pk).update(next_attempt_at=Now())


def test_a_mail_gets_its_fate_with_reason_and_evidence() -> None:
    mail = stored()
    assert processing.process(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.reason) == (InboundState.CASED, "It opened a thing.")
    assert (mail.subject_kind, mail.subject_id, mail.evidence) == ("thing", 7, {"seen": True})
    assert (mail.from_address, mail.mail_subject) == (
        "carla@acme.example",
        "The printer is on fire",
    )
    assert mail.finished_at is not None


def test_a_mail_is_processed_once_however_often_it_is_announced() -> None:
    mail = stored()
    assert [processing.process(mail.pk) for _ in range(3)] == [True, False, False]
    assert SuppressedAddress.objects.count() == 1


def test_the_sweep_finds_what_nobody_announced() -> None:
    mails = [stored(a_raw_mail(text=str(i), message_id=f"<{i}@a.example>")) for i in range(3)]
    assert processing.process_due(seconds=30) == 3
    assert InboundMail.objects.in_state(InboundState.CASED).count() == len(mails)


def test_a_failure_leaves_nothing_behind_but_its_reason_and_a_later_attempt() -> None:
    mail = stored(a_raw_mail(subject="poison"))
    assert not processing.process(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (InboundState.PENDING, 1)
    assert mail.last_error == "This mail is poison."
    assert mail.next_attempt_at > mail.received_at + timedelta(seconds=10)
    assert not SuppressedAddress.objects.exists()


def test_poison_ends_in_quarantine_after_three_attempts_while_others_flow() -> None:
    poison = stored(a_raw_mail(subject="poison"))
    good = stored(a_raw_mail(text="good", message_id="<2@acme.example>"))
    for _ in range(3):
        make_due(poison)
        processing.process_due(seconds=30)
    poison.refresh_from_db()
    good.refresh_from_db()
    assert (poison.state, poison.attempts) == (InboundState.QUARANTINED, 3)
    assert poison.reason == ("It could not be processed in 3 attempts: This mail is poison.")
    assert (good.state, good.attempts) == (InboundState.CASED, 1)
    assert bytes(InboundRaw.objects.get(pk=poison.pk).content)


def test_pauses_grow() -> None:
    mail = stored(a_raw_mail(subject="poison"))
    pauses = []
    for _ in range(2):
        make_due(mail)
        processing.process(mail.pk)
        mail.refresh_from_db()
        pauses.append(round((mail.next_attempt_at - mail.received_at).total_seconds()))
    assert pauses[0] == pytest.approx(15, abs=5)
    assert pauses[1] == pytest.approx(60, abs=5)


def test_a_mail_whose_worker_died_each_time_ends_in_quarantine() -> None:
    mail = stored()
    InboundMail.objects.filter(pk=mail.pk).update(attempts=3)
    assert not processing.process(mail.pk)
    mail.refresh_from_db()
    assert mail.state == InboundState.QUARANTINED
    assert "the worker was stopped each time" in mail.reason


def test_a_mail_that_waits_is_left_alone_until_its_time() -> None:
    mail = stored()
    InboundMail.objects.filter(pk=mail.pk).update(next_attempt_at=Now() + timedelta(minutes=1))
    assert processing.process_due(seconds=5) == 0


@pytest.mark.parametrize("trouble", ["deadlock", "disk_full"])
@pytest.mark.django_db(transaction=True)
def test_trouble_elsewhere_is_not_held_against_the_mail(settings: Settings, trouble: str) -> None:
    settings.MAIL_SORTER = f"tests.helpdesk.mail.sorters.{trouble}"
    mail = stored()
    for _ in range(4):
        make_due(mail)
        processing.process(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (InboundState.PENDING, 0)


@pytest.mark.django_db(transaction=True)
def test_trouble_that_goes_on_for_a_day_is_looked_at_by_somebody(settings: Settings) -> None:
    settings.MAIL_SORTER = "tests.helpdesk.mail.sorters.deadlock"
    mail = stored()
    InboundMail.objects.update(received_at=Now() - timedelta(days=2))
    for _ in range(3):
        make_due(mail)
        processing.process(mail.pk)
    mail.refresh_from_db()
    assert mail.state == InboundState.QUARANTINED
    assert mail.reason.endswith("3 attempts: deadlock detected")


def test_a_copy_by_another_way_gets_the_fate_of_the_original() -> None:
    original = stored()
    processing.process(original.pk)
    copy = stored(b"Received: from elsewhere\r\n" + a_raw_mail())
    processing.process(copy.pk)
    copy.refresh_from_db()
    assert (copy.state, copy.subject_id, copy.copy_of_id) == (InboundState.CASED, 7, original.pk)
    assert copy.reason == f"The same mail came before, as mail {original.pk}."
    assert SuppressedAddress.objects.count() == 1


def test_another_text_under_the_same_message_id_is_no_copy() -> None:
    for text in ("one", "two"):
        processing.process(stored(a_raw_mail(text=text)).pk)
    assert InboundMail.objects.filter(copy_of=None).count() == 2


def test_somebody_else_cannot_take_a_mail_out_of_the_way_by_repeating_it() -> None:
    for sender in ("eve@evil.example", "carla@acme.example"):
        processing.process(stored(a_raw_mail(sender=sender)).pk)
    assert SuppressedAddress.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_copies_that_come_at_once_have_one_effect() -> None:
    mails = [stored(f"Received: {i}\r\n".encode() + a_raw_mail()) for i in range(4)]

    def process(mail: InboundMail) -> None:
        try:
            processing.process(mail.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(process, mails))
    assert SuppressedAddress.objects.count() == 1
    assert InboundMail.objects.in_state(InboundState.CASED).count() == 4


def test_the_verdict_of_our_own_relay_is_noted_before_the_mail_is_sorted(
    settings: Settings,
) -> None:
    settings.MAIL_TRUSTED_AUTHSERV_IDS = ["mx.desk.example"]
    header = "Authentication-Results: mx.desk.example; dmarc=pass header.from=acme.example\r\n"
    mail = stored(a_raw_mail(more=header))
    processing.process(mail.pk)
    mail.refresh_from_db()
    assert (mail.auth["dmarc"], mail.auth["by"]) == ("pass", "mx.desk.example")


def test_whatever_the_bytes_are_they_get_a_fate_and_are_kept() -> None:
    mail = stored(bytes(range(256)) * 4)
    for _ in range(3):
        make_due(mail)
        processing.process(mail.pk)
    mail.refresh_from_db()
    assert mail.state != InboundState.PENDING
    assert bytes(mail.raw.content) == bytes(range(256)) * 4
