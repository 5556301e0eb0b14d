"""Out by a real SMTP server that misbehaves (security.md R14, R15, T35; part 6 rule 3)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from helpdesk.mail import delivery, relay
from helpdesk.mail.clean_text import clean_body
from helpdesk.mail.models import OutboundMail, RelayPause
from helpdesk.mail.outbox import Mailbox
from helpdesk.mail.states import OutboundState
from tests.helpdesk.mail import fates_heard
from tests.helpdesk.mail.mails import an_outbound_mail
from tests.helpdesk.mail.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db


def deliver(mail: OutboundMail) -> OutboundMail:
    delivery.deliver_due(seconds=10)
    mail.refresh_from_db()
    return mail


def test_a_mail_is_delivered_and_what_the_server_said_is_kept(sink: SmtpSink) -> None:
    mail = deliver(an_outbound_mail(to_name="Carla Rossi", html="<p>Hello</p>"))
    assert (mail.state, mail.smtp_reply) == (OutboundState.ACCEPTED, "250 2.0.0 queued as 4711")
    assert mail.accepted_at is not None
    (taken,) = sink.mails
    assert taken["To"] == "Carla Rossi <carla@acme.example>"
    assert taken["From"] == "Waratah Support <support@waratah.example>"
    assert [part.get_content_type() for part in taken.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_an_automatic_mail_says_that_it_is_one(sink: SmtpSink) -> None:
    deliver(an_outbound_mail(automatic="auto-replied"))
    (taken,) = sink.mails
    assert taken["Auto-Submitted"] == "auto-replied"
    assert taken["X-Auto-Response-Suppress"] == "All"
    assert taken["X-Waratah-Desk"]


def test_a_mail_that_somebody_wrote_does_not(sink: SmtpSink) -> None:
    deliver(an_outbound_mail())
    assert "Auto-Submitted" not in sink.mails[0]


def test_what_somebody_wrote_goes_before_notices_and_bulk(sink: SmtpSink) -> None:
    for priority in (2, 1, 0):
        an_outbound_mail(key=str(priority), priority=priority, subject=f"priority {priority}")
    delivery.deliver_due(seconds=10)
    assert [one["Subject"] for one in sink.mails] == ["priority 0", "priority 1", "priority 2"]


def test_many_mails_go_over_one_connection(sink: SmtpSink) -> None:
    for key in range(5):
        an_outbound_mail(key=str(key))
    assert delivery.deliver_due(seconds=10) == 5
    assert len({one.peer for one in sink.sessions}) == 1


def test_one_refused_address_fails_at_once_and_delays_nobody(sink: SmtpSink) -> None:
    sink.on_rcpt = lambda one: "550 5.1.1 No such user" if "gone" in one else "250 OK"
    gone = an_outbound_mail(to="gone@acme.example", key="1")
    good = an_outbound_mail(key="2")
    deliver(gone)
    good.refresh_from_db()
    assert gone.state == OutboundState.FAILED
    assert gone.last_error == ("The mail server refused gone@acme.example: 550 5.1.1 No such user")
    assert good.state == OutboundState.ACCEPTED


def test_a_mail_that_is_refused_for_now_waits(sink: SmtpSink) -> None:
    sink.on_rcpt = lambda one: "451 4.7.1 Greylisted"
    mail = deliver(an_outbound_mail())
    assert (mail.state, mail.attempts) == (OutboundState.PENDING, 1)
    assert "does not take carla@acme.example for now: 451 4.7.1 Greylisted" in mail.last_error
    assert mail.next_attempt_at - mail.created_at > timedelta(seconds=50)
    assert not relay.is_paused()


def test_a_mail_whose_text_is_refused_fails(sink: SmtpSink) -> None:
    sink.on_data = lambda envelope: "554 5.7.1 Spam"
    mail = deliver(an_outbound_mail())
    assert (mail.state, mail.smtp_reply) == (OutboundState.FAILED, "554 5.7.1 Spam")


def test_a_server_that_refuses_connections_costs_no_mail_an_attempt(sink: SmtpSink) -> None:
    mails = [an_outbound_mail(key=str(key)) for key in range(3)]
    sink.stop()
    assert delivery.deliver_due(seconds=10) == 1
    assert [deliver(mail).attempts for mail in mails] == [0, 0, 0]
    standing = relay.standing()
    assert standing is not None
    assert "out of reach" in standing.reason


def test_a_server_that_takes_no_mail_is_left_alone_for_a_while(sink: SmtpSink) -> None:
    sink.on_mail = lambda address: "421 4.3.2 Shutting down"
    mail = deliver(an_outbound_mail())
    assert (mail.state, mail.attempts, relay.is_paused()) == (OutboundState.PENDING, 0, True)


def test_after_an_outage_everything_leaves_at_once(sink: SmtpSink) -> None:
    for key in range(20):
        an_outbound_mail(key=str(key))
    relay.pause("The mail server is out of reach.")
    assert delivery.deliver_due(seconds=10) == 0
    RelayPause.objects.update(until=Now() - timedelta(seconds=1))
    assert delivery.deliver_due(seconds=10) == 20
    assert relay.standing() is None


@pytest.mark.parametrize("fault", ["hang", "cut"])
def test_a_connection_that_breaks_in_the_middle_is_tried_again(
    sink: SmtpSink, settings: Settings, fault: str
) -> None:
    settings.EMAIL_TIMEOUT = 0.5
    setattr(sink, fault, True)
    mail = deliver(an_outbound_mail())
    assert (mail.state, mail.attempts) == (OutboundState.PENDING, 1)
    assert "The mail server broke off" in mail.last_error
    assert relay.is_paused()


def test_pauses_grow_with_the_age_of_the_mail(sink: SmtpSink) -> None:
    sink.on_rcpt = lambda one: "451 4.7.1 Later"
    mail = an_outbound_mail()
    OutboundMail.objects.update(created_at=Now() - timedelta(hours=4))
    deliver(mail)
    waited = mail.next_attempt_at - mail.created_at - timedelta(hours=4)
    assert timedelta(minutes=26) < waited < timedelta(minutes=34)


def test_after_three_days_a_mail_is_given_up_with_the_last_answer(sink: SmtpSink) -> None:
    sink.on_rcpt = lambda one: "451 4.7.1 Later"
    mail = an_outbound_mail()
    OutboundMail.objects.update(created_at=Now() - timedelta(hours=73))
    deliver(mail)
    assert mail.state == OutboundState.FAILED
    assert mail.last_error.startswith("Given up after 72 hours. The mail server does not take")


def test_a_copy_that_is_refused_is_named(sink: SmtpSink) -> None:
    sink.on_rcpt = lambda one: "550 Nobody" if "gone" in one else "250 OK"
    mail = deliver(an_outbound_mail(cc=[Mailbox("gone@acme.example")]))
    assert mail.state == OutboundState.ACCEPTED
    assert mail.last_error == "Not taken for gone@acme.example (550 Nobody)."


def test_a_private_mail_is_wiped_once_it_is_accepted(sink: SmtpSink) -> None:
    mail = deliver(an_outbound_mail(text="secret link", html="<p>secret</p>", is_private=True))
    assert b"secret link" in (sink.envelopes[0].original_content or b"")
    assert (mail.text, mail.html) == ("", "")


def test_a_mail_that_another_worker_is_sending_is_left_alone(sink: SmtpSink) -> None:
    mail = an_outbound_mail()
    assert delivery.claim_next() == mail
    assert delivery.claim_next() is None
    OutboundMail.objects.update(next_attempt_at=Now() - timedelta(seconds=1))
    assert delivery.claim_next() == mail


def test_the_room_is_told_of_the_fate(sink: SmtpSink, settings: Settings) -> None:
    settings.MAIL_FATE = "tests.helpdesk.mail.fates_heard.hear"
    fates_heard.HEARD.clear()
    mail = deliver(an_outbound_mail())
    assert [(mail.pk, OutboundState.ACCEPTED)] == fates_heard.HEARD


def test_a_room_that_fails_to_listen_does_not_make_the_mail_go_twice(
    sink: SmtpSink, settings: Settings
) -> None:
    settings.MAIL_FATE = "tests.helpdesk.mail.fates_heard.fail"
    assert deliver(an_outbound_mail()).state == OutboundState.ACCEPTED


def test_files_are_fetched_by_their_ids_and_sent(sink: SmtpSink, settings: Settings) -> None:
    settings.MAIL_FILES = "tests.helpdesk.mail.files.fetch"
    deliver(an_outbound_mail(attachments=[3]))
    (file,) = sink.mails[0].iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("report 3.pdf", b"%PDF")


HOSTILE = [
    'Eve" <eve@evil.example>, "',
    "Eve\r\nBcc: eve@evil.example",
    "Eve\nBcc: eve@evil.example\n\nbody",
    "Eve\x0bBcc: eve@evil.example\x00",
    "\u2028Bcc: eve@evil.example\u2029",
    "=?utf-8?q?Eve=0d=0aBcc:_eve@evil.example?=",
    "\ud800\udfff",
    "a" * 5000,
    "李" * 400,
    "a, b; c: d",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_name_or_subject_adds_a_header_or_a_recipient(sink: SmtpSink, words: str) -> None:
    mail = an_outbound_mail(to_name=words, subject=words, from_name=words, language=words[:10])
    OutboundMail.objects.filter(pk=mail.pk).update(headers={"In-Reply-To": clean_body(words)})
    deliver(mail)
    assert mail.state == OutboundState.ACCEPTED, mail.last_error
    (envelope,), (taken,) = sink.envelopes, sink.mails
    assert envelope.rcpt_tos == ["carla@acme.example"]
    assert sorted(taken.keys()) == [
        "Content-Language",
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "In-Reply-To",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
        "X-Waratah-Desk",
    ]
    assert [one.addr_spec for one in taken["To"].addresses] == ["carla@acme.example"]


def test_a_worker_that_is_slow_keeps_its_mail_when_the_lease_is_over() -> None:
    mail = an_outbound_mail()
    OutboundMail.objects.update(state=OutboundState.SENDING)
    with connection.copy().cursor() as slow_worker:
        slow_worker.execute(
            "SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"helpdesk.mail.sending:{mail.pk}"]
        )
        assert delivery.claim_next() is None
        assert not OutboundMail.objects.due().exists()
        slow_worker.connection.close()
    OutboundMail.objects.update(next_attempt_at=Now())
    assert delivery.claim_next() == mail
