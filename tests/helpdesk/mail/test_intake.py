"""Stored before anybody is told (security.md R1, R2, R12; part 6 rule 1)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django.fixtures import Settings

from helpdesk.mail import intake
from helpdesk.mail.authentication import AuthVerdict
from helpdesk.mail.models import InboundMail, InboundRaw, InboundTally
from helpdesk.mail.states import InboundState
from tests.helpdesk.mail.mails import a_raw_mail

pytestmark = pytest.mark.django_db


def test_a_mail_is_stored_with_its_bytes_envelope_and_verdict() -> None:
    raw = a_raw_mail() + b"\xff\x00"
    receipt = intake.receive(
        raw,
        source="webhook",
        envelope_from="carla@acme.example",
        envelope_to=["support@waratah.example"],
        auth=AuthVerdict(by="relay", dmarc="pass"),
    )
    mail = InboundMail.objects.get(pk=receipt.mail_id)
    assert (mail.state, mail.size, mail.auth["dmarc"]) == (InboundState.PENDING, len(raw), "pass")
    assert mail.envelope_to == ["support@waratah.example"]
    assert bytes(mail.raw.content) == raw


def test_the_same_bytes_are_one_row_and_counted() -> None:
    receipts = [intake.receive(a_raw_mail(), source="webhook") for _ in range(3)]
    assert [one.is_duplicate for one in receipts] == [False, True, True]
    assert InboundMail.objects.get().deliveries == 3


def test_the_same_bytes_for_another_recipient_are_another_row() -> None:
    for address in ("a@waratah.example", "b@waratah.example", "B@Waratah.Example"):
        intake.receive(a_raw_mail(), source="smtp", envelope_to=[address])
    assert InboundMail.objects.count() == 2


def test_the_same_provider_id_is_one_row_even_when_a_relay_stamped_the_mail_again() -> None:
    intake.receive(a_raw_mail(), source="imap", provider_id="host/INBOX/1/7")
    again = intake.receive(a_raw_mail(), source="imap", provider_id="host/INBOX/1/7")
    assert again.is_duplicate
    assert InboundMail.objects.count() == 1


def test_another_mail_under_a_used_provider_id_is_not_lost() -> None:
    intake.receive(a_raw_mail(), source="webhook", provider_id="1")
    other = intake.receive(a_raw_mail(text="Other"), source="webhook", provider_id="1")
    assert not other.is_duplicate
    assert InboundMail.objects.get(pk=other.mail_id).provider_id == ""


@pytest.mark.django_db(transaction=True)
def test_ten_deliveries_at_once_are_one_row() -> None:
    def deliver(_: int) -> int:
        try:
            return intake.receive(a_raw_mail(), source="webhook").mail_id
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        ids = set(threads.map(deliver, range(10)))
    mail = InboundMail.objects.get()
    assert (ids, mail.deliveries) == ({mail.pk}, 10)
    assert InboundTally.objects.get().received == 1


def test_a_mail_that_is_too_large_leaves_a_rejected_row_without_its_body(
    settings: Settings,
) -> None:
    settings.MAIL_MAX_BYTES = 1000
    receipt = intake.receive(a_raw_mail(text="x" * 2000), source="webhook")
    mail = InboundMail.objects.get(pk=receipt.mail_id)
    assert mail.state == InboundState.REJECTED
    assert receipt.refusal == mail.reason
    assert "the limit is 0.0 MB" in mail.reason
    assert "Subject: The printer is on fire" in mail.evidence["head"]
    assert not InboundRaw.objects.exists()


def test_a_refused_mail_that_comes_again_is_refused_again(settings: Settings) -> None:
    settings.MAIL_MAX_BYTES = 10
    receipts = [intake.receive(a_raw_mail(), source="webhook") for _ in range(2)]
    assert receipts[1].is_duplicate
    assert receipts[0].refusal == receipts[1].refusal != ""


def test_each_row_is_tallied_once() -> None:
    for text in ("a", "b", "b"):
        intake.receive(a_raw_mail(text=text), source="webhook")
    assert InboundTally.objects.get().received == 2


def test_control_characters_in_the_envelope_are_stored_as_spaces() -> None:
    intake.receive(a_raw_mail(), source="smtp", envelope_from="a\x00\r\nb", envelope_to=["c\ud800"])
    mail = InboundMail.objects.get()
    assert (mail.envelope_from, mail.envelope_to) == ("a� b", ["c�"])


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_not_taken_inside_a_transaction_that_may_be_undone() -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        intake.receive(a_raw_mail(), source="webhook")


def test_the_database_allows_no_fate_without_a_reason() -> None:
    receipt = intake.receive(a_raw_mail(), source="webhook")
    with pytest.raises(IntegrityError, match="inbound_fate_has_a_reason"):
        InboundMail.objects.filter(pk=receipt.mail_id).update(state=InboundState.SPAM)


def test_the_database_allows_no_unknown_state() -> None:
    receipt = intake.receive(a_raw_mail(), source="webhook")
    with pytest.raises(IntegrityError, match="inbound_state_is_known"):
        InboundMail.objects.filter(pk=receipt.mail_id).update(state="lost", reason="x")
