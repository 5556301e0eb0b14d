"""A worker that is killed in the middle loses nothing (security.md R3, R4)."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.db.models.functions import Now

from helpdesk.mail import delivery, intake, processing
from helpdesk.mail.models import InboundMail, OutboundMail, SuppressedAddress
from helpdesk.mail.states import InboundState, OutboundState
from tests.helpdesk.mail.mails import a_raw_mail, an_outbound_mail
from tests.helpdesk.mail.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db(transaction=True)

START = """
import django
django.setup()
from django.conf import settings
for name, value in {changes!r}.items():
    setattr(settings, name, value)
from helpdesk.mail import delivery, processing
{call}
"""


def a_worker(call: str, database_url: str, **changes: object) -> "subprocess.Popen[bytes]":
    """Another process that does `call` against the database of the test."""
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", START.format(changes=changes, call=call)],
        env=environment,
        cwd=django_settings.BASE_DIR,
    )


def test_a_mail_whose_worker_was_killed_is_processed_once_by_the_next(
    database_url: str, sorter: None
) -> None:
    mail_id = intake.receive(a_raw_mail(), source="webhook").mail_id
    killed = a_worker(
        f"processing.process({mail_id})",
        database_url,
        MAIL_SORTER="tests.helpdesk.mail.sorters.die",
    )
    assert killed.wait(timeout=60) == -9
    mail = InboundMail.objects.get(pk=mail_id)
    assert (mail.state, mail.attempts) == (InboundState.PENDING, 1)
    assert not SuppressedAddress.objects.exists()
    InboundMail.objects.filter(pk=mail_id).update(next_attempt_at=Now())
    assert processing.process_due(seconds=30) == 1
    mail.refresh_from_db()
    assert mail.state == InboundState.CASED
    assert SuppressedAddress.objects.count() == 1


def test_a_worker_killed_between_250_and_the_mark_repeats_the_same_bytes(
    database_url: str, sink: SmtpSink
) -> None:
    mail = an_outbound_mail(html="<p>Hello</p>", thread="c1", automatic="auto-replied")
    sink.hang = True
    worker = a_worker(
        "delivery.deliver_due(seconds=30)",
        database_url,
        MAIL_BACKEND="helpdesk.mail.smtp_backend.SmtpBackend",
        MAIL_FATE="",
        EMAIL_HOST=sink.host,
        EMAIL_PORT=sink.port,
    )
    assert sink.reached.wait(timeout=60)
    with transaction.atomic():
        OutboundMail.objects.select_for_update().get(pk=mail.pk)
        sink.release()
        sink.wait_for_mails(1)
        worker.kill()
        worker.wait(timeout=30)
    mail.refresh_from_db()
    assert (mail.state, len(sink.mails)) == (OutboundState.SENDING, 1)
    assert delivery.deliver_due(seconds=5) == 0
    OutboundMail.objects.filter(pk=mail.pk).update(next_attempt_at=Now() - timedelta(seconds=1))
    assert delivery.deliver_due(seconds=5) == 1
    first, second = (one.original_content for one in sink.envelopes)
    assert first == second
    assert f"Message-ID: <{mail.message_id}>".encode() in (first or b"")
    mail.refresh_from_db()
    assert mail.state == OutboundState.ACCEPTED
