"""Bounces, and addresses that get nothing any more (security.md T10)."""

import pytest

from helpdesk.mail import delivery, suppression
from helpdesk.mail.models import OutboundMail, SuppressedAddress
from helpdesk.mail.states import OutboundState
from tests.helpdesk.mail.mails import an_outbound_mail
from tests.helpdesk.mail.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db

GONE = "550 5.1.1 No such user"


def bounce(key: str, *, is_hard: bool = True) -> OutboundMail:
    mail = an_outbound_mail(key=key)
    suppression.record_bounce(f"<{mail.message_id}>", is_hard=is_hard, detail=GONE)
    mail.refresh_from_db()
    return mail


def test_a_bounce_is_shown_on_the_mail_that_came_back() -> None:
    mail = bounce("1")
    assert (mail.state, mail.last_error) == (OutboundState.BOUNCED, GONE)
    assert mail.bounced_at is not None


def test_one_hard_bounce_is_no_reason_to_give_up_an_address() -> None:
    bounce("1")
    assert not suppression.is_suppressed("carla@acme.example")


def test_two_hard_bounces_suppress_an_address_in_any_letter_case() -> None:
    bounce("1")
    bounce("2")
    assert suppression.is_suppressed("Carla@Acme.example")
    assert not suppression.is_suppressed("cem@acme.example")


def test_soft_bounces_suppress_nothing() -> None:
    for key in "12345":
        bounce(key, is_hard=False)
    assert not suppression.is_suppressed("carla@acme.example")


def test_the_same_mail_that_bounces_twice_counts_once() -> None:
    mail = bounce("1")
    suppression.record_bounce(mail.message_id, is_hard=True, detail=GONE)
    assert not suppression.is_suppressed("carla@acme.example")


@pytest.mark.parametrize("forged", ["", "1@acme.example", "m.x.y@waratah.example"])
def test_a_forged_bounce_changes_nothing(forged: str) -> None:
    mail = an_outbound_mail()
    assert suppression.record_bounce(forged, is_hard=True, detail=GONE) is None
    mail.refresh_from_db()
    assert mail.state == OutboundState.PENDING


def test_a_signed_id_that_was_never_sent_changes_nothing() -> None:
    message_id = an_outbound_mail().message_id
    OutboundMail.objects.all().delete()
    assert suppression.record_bounce(message_id, is_hard=True, detail=GONE) is None


def test_nothing_is_sent_to_a_suppressed_address_and_the_mail_says_why(sink: SmtpSink) -> None:
    suppression.suppress(
        "carla@acme.example", cause=SuppressedAddress.Cause.BY_HAND, detail="asked for it"
    )
    mail = an_outbound_mail()
    delivery.deliver_due(seconds=5)
    mail.refresh_from_db()
    assert (mail.state, mail.held_by, sink.mails) == (OutboundState.SUPPRESSED, "address", [])
    assert "An administrator can lift this" in mail.last_error


def test_once_lifted_an_address_gets_mail_and_starts_afresh(sink: SmtpSink) -> None:
    bounce("1")
    bounce("2")
    suppression.lift(SuppressedAddress.objects.get())
    an_outbound_mail(key="3")
    delivery.deliver_due(seconds=5)
    bounce("4")
    assert len(sink.mails) == 1
    assert not suppression.is_suppressed("carla@acme.example")
    bounce("5")
    assert suppression.is_suppressed("carla@acme.example")


def test_a_complaint_suppresses_at_once() -> None:
    an_outbound_mail()
    OutboundMail.objects.update(provider_id="p-1")
    suppression.record_complaint("p-1", recipient="Carla@acme.example")
    assert SuppressedAddress.objects.get().cause == SuppressedAddress.Cause.COMPLAINT


@pytest.mark.parametrize(
    ("provider_id", "recipient"),
    [("", "carla@acme.example"), ("p-2", "carla@acme.example"), ("p-1", "cem@acme.example")],
)
def test_a_complaint_that_matches_no_mail_of_ours_is_ignored(
    provider_id: str, recipient: str
) -> None:
    an_outbound_mail()
    OutboundMail.objects.update(provider_id="p-1")
    assert suppression.record_complaint(provider_id, recipient=recipient) is None
    assert not SuppressedAddress.objects.exists()
