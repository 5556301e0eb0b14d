"""The small SMTP and LMTP server."""

import asyncio
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytest_django.fixtures import Settings

from helpdesk.mail.listening import listen
from helpdesk.mail.models import InboundMail
from helpdesk.mail.states import InboundState
from tests.helpdesk.mail.mails import a_raw_mail

pytestmark = pytest.mark.django_db(transaction=True)

OURS = "support@waratah.example"


@contextmanager
def listener(*, is_lmtp: bool = False) -> Iterator[int]:
    """A listener in a thread of its own; yields its port."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(listen("127.0.0.1", 0, is_lmtp=is_lmtp))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def test_a_mail_for_our_domain_is_stored_with_its_envelope() -> None:
    with listener() as port, smtplib.SMTP("127.0.0.1", port) as line:
        line.sendmail("carla@acme.example", [OURS, "Sales@Waratah.Example"], a_raw_mail())
    mail = InboundMail.objects.get()
    assert (mail.source, mail.envelope_from) == ("smtp", "carla@acme.example")
    assert mail.envelope_to == [OURS, "Sales@Waratah.Example"]
    assert bytes(mail.raw.content) == a_raw_mail()


def test_a_mail_for_another_domain_is_refused() -> None:
    with listener() as port, smtplib.SMTP("127.0.0.1", port) as line:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            line.sendmail("carla@acme.example", ["eve@evil.example"], a_raw_mail())
        assert refused.value.recipients["eve@evil.example"][0] == 550
    assert not InboundMail.objects.exists()


def test_a_bounce_with_a_null_sender_is_taken() -> None:
    with listener() as port, smtplib.SMTP("127.0.0.1", port) as line:
        line.sendmail("", [OURS], a_raw_mail())
    assert InboundMail.objects.get().envelope_from == ""


def test_lines_of_any_length_are_taken() -> None:
    raw = a_raw_mail(text="x" * 50_000)
    with listener() as port, smtplib.SMTP("127.0.0.1", port) as line:
        line.sendmail("carla@acme.example", [OURS], raw)
    assert bytes(InboundMail.objects.get().raw.content) == raw


def test_a_mail_that_is_too_large_is_refused_and_recorded(settings: Settings) -> None:
    settings.MAIL_MAX_BYTES = 1000
    with listener() as port, smtplib.SMTP("127.0.0.1", port) as line:
        line.ehlo()
        line.mail("carla@acme.example")
        line.rcpt(OURS)
        code, answer = line.data(a_raw_mail(text="x " * 700))
    assert (code, b"the limit is" in answer) == (552, True)
    assert InboundMail.objects.get().state == InboundState.REJECTED


def test_lmtp_answers_for_each_recipient() -> None:
    with listener(is_lmtp=True) as port, smtplib.LMTP("127.0.0.1", port) as line:
        line.sendmail("carla@acme.example", [OURS, "sales@waratah.example"], a_raw_mail())
        # Python's client reads the first of the two answers only.
        assert line.getreply() == (250, b"Stored")
    mail = InboundMail.objects.get()
    assert (mail.source, len(mail.envelope_to)) == ("lmtp", 2)


def test_several_listeners_threads_store_every_mail() -> None:
    with listener() as port:

        def send(number: int) -> None:
            with smtplib.SMTP("127.0.0.1", port) as line:
                for part in range(5):
                    raw = a_raw_mail(text=f"{number} {part}")
                    line.sendmail("carla@acme.example", [OURS], raw)

        threads = [threading.Thread(target=send, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert InboundMail.objects.count() == 20
