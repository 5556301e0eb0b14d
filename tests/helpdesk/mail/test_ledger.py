"""The ledgers add up, and say so when they do not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from helpdesk.mail import intake, ledger, processing
from helpdesk.mail.models import InboundMail, InboundTally, OutboundMail
from helpdesk.mail.states import InboundState, OutboundState
from helpdesk.people.actors import SYSTEM
from tests.helpdesk.mail.mails import a_raw_mail, an_outbound_mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sorter")]


def stored(subject: str = "Hello", message_id: str = "<1@a.example>") -> InboundMail:
    raw = a_raw_mail(subject=subject, message_id=message_id, text=message_id)
    mail = InboundMail.objects.get(pk=intake.receive(raw, source="webhook").mail_id)
    processing.process(mail.pk)
    mail.refresh_from_db()
    return mail


def today() -> date:
    return datetime.now(UTC).date()


def test_a_day_adds_up_over_its_states_and_names_duplicates_apart(settings: Settings) -> None:
    stored(message_id="<1@a.example>")
    stored(message_id="<1@a.example>")
    stored("buy viagra", "<2@a.example>")
    stored("poison", "<3@a.example>")
    settings.MAIL_MAX_BYTES = 10
    stored("large", "<4@a.example>")
    (day,) = ledger.balance(today(), today())
    assert (day.received, day.duplicates, day.adds_up) == (4, 1, True)
    assert {state: count for state, count in day.states.items() if count} == {
        "cased": 1,
        "spam": 1,
        "pending": 1,
        "rejected": 1,
    }


def test_a_row_that_vanished_is_missed() -> None:
    stored().delete()
    (day,) = ledger.balance(today(), today())
    assert (day.received, sum(day.states.values()), day.adds_up) == (1, 0, False)


def test_each_day_is_counted_by_utc_and_an_empty_day_is_all_zero() -> None:
    mail = stored()
    yesterday = today() - timedelta(days=1)
    late = datetime(yesterday.year, yesterday.month, yesterday.day, 23, 59, 59, tzinfo=UTC)
    InboundMail.objects.filter(pk=mail.pk).update(received_at=late)
    InboundTally.objects.update(day=yesterday)
    days = ledger.balance(yesterday - timedelta(days=1), today())
    assert [day.received for day in days] == [0, 1, 0]
    assert [day.states["cased"] for day in days] == [0, 1, 0]
    assert all(day.adds_up for day in days)


def test_what_was_intended_is_the_sum_of_its_fates() -> None:
    for key, state in enumerate(["accepted", "accepted", "bounced", "failed", "pending"]):
        mail = an_outbound_mail(key=str(key))
        OutboundMail.objects.filter(pk=mail.pk).update(state=state)
    (day,) = ledger.outbound_balance(today(), today())
    assert (day.intended, day.adds_up) == (5, True)
    assert day.states[OutboundState.ACCEPTED] == 2


def test_a_row_of_the_outbox_that_vanished_turns_its_day_red() -> None:
    an_outbound_mail(key="1")
    an_outbound_mail(key="2").delete()
    (day,) = ledger.outbound_balance(today(), today())
    assert (day.intended, sum(day.states.values()), day.adds_up) == (2, 1, False)


def test_a_mail_that_is_queued_twice_was_intended_once() -> None:
    an_outbound_mail(key="1")
    an_outbound_mail(key="1")
    (day,) = ledger.outbound_balance(today(), today())
    assert (day.intended, day.adds_up) == (1, True)


def test_what_waits_is_told_by_its_oldest() -> None:
    assert ledger.waiting() == ledger.Waiting(None, None, 0)
    mail = stored("poison")
    outbound = an_outbound_mail()
    assert ledger.waiting() == ledger.Waiting(mail.received_at, outbound.created_at, 0)


def test_spam_that_somebody_clears_is_processed_without_suspicion() -> None:
    mail = stored("buy viagra")
    assert mail.state == InboundState.SPAM
    ledger.not_spam(mail, by=SYSTEM)
    processing.process(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.is_cleared) == (InboundState.CASED, True)
    (done,) = mail.history
    assert (done["by"], done["what"], done["was"]["state"]) == (
        "Waratah",
        "said that it is not spam",
        "spam",
    )


def test_a_mail_that_had_its_effect_cannot_have_it_again() -> None:
    mail = stored()
    with pytest.raises(ledger.NotPossible, match="cannot have it twice"):
        ledger.process_again(mail, by=SYSTEM)
    mail.refresh_from_db()
    assert (mail.state, mail.history) == (InboundState.CASED, [])


def test_a_mail_whose_body_was_refused_cannot_be_processed(settings: Settings) -> None:
    settings.MAIL_MAX_BYTES = 10
    with pytest.raises(ledger.NotPossible, match="not kept"):
        ledger.process_again(stored(), by=SYSTEM)


def test_copies_follow_their_original_when_it_is_released() -> None:
    original = stored("buy viagra")
    raw = b"Received: x\r\n" + a_raw_mail(
        subject="buy viagra", message_id="<1@a.example>", text="<1@a.example>"
    )
    copy = InboundMail.objects.get(pk=intake.receive(raw, source="imap").mail_id)
    processing.process(copy.pk)
    with pytest.raises(ledger.NotPossible, match=f"a copy of mail {original.pk}"):
        ledger.not_spam(InboundMail.objects.get(pk=copy.pk), by=SYSTEM)
    ledger.not_spam(original, by=SYSTEM)
    processing.process(original.pk)
    copy.refresh_from_db()
    assert (copy.state, copy.subject_id) == (InboundState.CASED, 7)
