"""Two desks that mail each other stop by themselves (security.md T11, G8).

Both are this desk under two names and two keys: each mail leaves through the real outbox to a real
SMTP server, is read there as it came, and every reaction runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
from pytest_django.fixtures import Settings

from cases.models import Case
from helpdesk.journal import dispatch as journal
from helpdesk.journal.models import Entry
from helpdesk.mail import delivery, intake, processing
from helpdesk.mail.models import OutboundMail
from helpdesk.mail.reading import LOOP_HEADER
from tests.helpdesk.mail.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db

MOST_ROUNDS = 20
SAYS_AUTOMATIC = ["Auto-Submitted", "X-Auto-Response-Suppress", LOOP_HEADER]
THREADS = ["In-Reply-To", "References"]


@dataclass(frozen=True)
class OneDesk:
    address: str
    key: str


HERE = OneDesk("support@here.example", "the-key-of-the-desk-here")
THERE = OneDesk("support@there.example", "the-key-of-the-desk-there")


@pytest.fixture
def as_desk(settings: Settings) -> Callable[[OneDesk], None]:
    def become(desk: OneDesk) -> None:
        settings.MAIL_SUPPORT_ADDRESS, settings.SECRET_KEY = desk.address, desk.key
        settings.MAIL_DOMAINS = [desk.address.partition("@")[2]]

    return become


def take_in(raw: bytes, *, recipients: list[str]) -> None:
    """As a worker does: sort the mail, let everybody react, send what they decided."""
    processing.process(intake.receive(raw, source="smtp", envelope_to=recipients).mail_id)
    for entry in Entry.objects.filter(dispatched_at=None):
        for reaction in journal.dispatch(entry.pk):
            journal.react(reaction)
    delivery.deliver_due(seconds=10)


def without(mail: EmailMessage, headers: list[str]) -> bytes:
    """What a careless relay leaves of a mail."""
    for name in headers:
        del mail[name]
    return mail.as_bytes(policy=mail.policy.clone(max_line_length=900))


def exchange(
    sink: SmtpSink, as_desk: Callable[[OneDesk], None], *, loses: list[str]
) -> tuple[int, int]:
    """Begin with a mail in the name of the desk there; return mails sent and cases opened."""
    first = EmailMessage()
    first["From"], first["To"], first["Subject"] = THERE.address, HERE.address, "Hello"
    first["Message-ID"] = "<first@there.example>"
    first.set_content("Somebody wrote this in the name of another desk.")
    as_desk(HERE)
    take_in(first.as_bytes(), recipients=[HERE.address])
    for carried in range(MOST_ROUNDS):
        if carried == len(sink.envelopes):
            break
        recipients = sink.envelopes[carried].rcpt_tos
        as_desk(THERE if recipients[0].endswith("there.example") else HERE)
        take_in(without(sink.mails[carried], loses), recipients=recipients)
    return len(sink.envelopes), Case.objects.count()


def test_an_automatic_answer_is_not_answered(
    sink: SmtpSink, as_desk: Callable[[OneDesk], None]
) -> None:
    assert exchange(sink, as_desk, loses=[]) == (1, 1)


def test_two_desks_whose_marks_get_lost_stop_at_the_thread(
    sink: SmtpSink, as_desk: Callable[[OneDesk], None]
) -> None:
    assert exchange(sink, as_desk, loses=SAYS_AUTOMATIC) == (2, 2)


def test_two_desks_whose_threads_get_lost_too_stop_at_the_ceiling(
    sink: SmtpSink, as_desk: Callable[[OneDesk], None]
) -> None:
    sent, _ = exchange(sink, as_desk, loses=[*SAYS_AUTOMATIC, *THREADS, "Reply-To"])
    assert sent == 2
    held = OutboundMail.objects.held_by_ceiling().get()
    assert held.last_error == "This address got 1 automatic answers within the last hour."
