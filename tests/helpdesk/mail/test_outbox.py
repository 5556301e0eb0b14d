"""The one way out: frozen, named, in the caller's transaction (security.md R27, T35)."""

import pytest
from django.db import transaction

from helpdesk.mail import outbox, signing
from helpdesk.mail.addresses import BadAddress
from helpdesk.mail.models import OutboundMail
from helpdesk.mail.states import OutboundState
from helpdesk.people.actors import SYSTEM
from tests.helpdesk.mail.mails import an_outbound_mail

pytestmark = pytest.mark.django_db


def test_a_mail_is_queued_once_under_its_name() -> None:
    first = an_outbound_mail(subject="First")
    again = an_outbound_mail(subject="Second")
    assert (again.pk, again.subject) == (first.pk, "First")


def test_a_mail_disappears_with_the_transaction_that_decided_it() -> None:
    with transaction.atomic():
        an_outbound_mail()
        transaction.set_rollback(True)
    assert not OutboundMail.objects.exists()


def test_the_message_id_follows_from_the_row_and_leads_back_to_the_thread() -> None:
    mail = an_outbound_mail(thread="c7")
    assert mail.message_id == signing.own_message_id("c7", key="test:1")
    assert signing.read_own_message_id(mail.message_id) == "c7"
    assert signing.read_reply_address(mail.headers["Reply-To"]) == "c7"


def test_a_mail_outside_any_thread_asks_for_no_special_reply() -> None:
    assert "Reply-To" not in an_outbound_mail().headers


def test_the_parent_ends_the_references() -> None:
    mail = an_outbound_mail(in_reply_to="<b@x>", references=["a@x", "<b@x>", "c@x"])
    assert mail.headers["In-Reply-To"] == "<b@x>"
    assert mail.headers["References"] == "<a@x> <c@x> <b@x>"


@pytest.mark.parametrize(
    "junk", ["", "<>", "a b@x", "a@x\r\nBcc: eve@evil.example", "ä@x", "x" * 999, "a>,<b@x"]
)
def test_a_message_id_that_could_break_its_header_is_left_out(junk: str) -> None:
    mail = an_outbound_mail(in_reply_to=junk, references=[junk, "good@x"])
    assert mail.headers == {"References": "<good@x>"}


def test_of_very_many_references_the_first_and_the_latest_are_kept() -> None:
    mail = an_outbound_mail(references=[f"{n}@x" for n in range(500)])
    kept = mail.headers["References"].split()
    assert (len(kept), kept[0], kept[-1]) == (20, "<0@x>", "<499@x>")


def test_a_recipient_that_is_no_address_is_refused_at_once() -> None:
    with pytest.raises(BadAddress):
        an_outbound_mail(to="carla@acme.example, eve@evil.example")


def test_text_that_no_column_can_hold_is_mended() -> None:
    mail = an_outbound_mail(subject="a\r\nBcc: eve@evil.example\x00", text="x\x00y\ud800")
    assert (mail.subject, mail.text) == ("a Bcc: eve@evil.example�", "x�y�")


def test_a_mail_that_did_not_arrive_can_be_sent_again_under_the_same_message_id() -> None:
    mail = an_outbound_mail(ceiling="answer")
    OutboundMail.objects.update(state=OutboundState.FAILED, last_error="x", attempts=4)
    assert outbox.resend(mail, by=SYSTEM)
    again = OutboundMail.objects.get()
    assert (again.state, again.attempts, again.ceiling, again.message_id) == (
        OutboundState.PENDING,
        0,
        "",
        mail.message_id,
    )
    (done,) = again.history
    assert (done["by"], done["what"], done["was"]["reason"]) == ("Waratah", "sent again", "x")


@pytest.mark.parametrize("state", [OutboundState.ACCEPTED, OutboundState.SENDING])
def test_a_mail_that_was_taken_or_is_being_sent_is_not_sent_again(state: OutboundState) -> None:
    mail = an_outbound_mail()
    OutboundMail.objects.update(state=state)
    assert not outbox.resend(mail, by=SYSTEM)
    assert OutboundMail.objects.get().state == state


def test_only_what_waits_can_be_cancelled() -> None:
    mail = an_outbound_mail()
    assert outbox.cancel(mail)
    assert not outbox.cancel(mail)
    assert OutboundMail.objects.get().state == OutboundState.CANCELLED


def test_a_mail_about_an_account_is_private_and_automatic() -> None:
    mail = outbox.queue_account_mail(
        to="carla@acme.example", subject="s", text="t", html="h", kind="account_x", key="1"
    )
    assert (mail.is_private, mail.automatic) == (True, "auto-generated")
