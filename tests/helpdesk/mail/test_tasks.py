"""What beat and wake-ups start."""

import pytest

from helpdesk.celery import app
from helpdesk.mail import intake, tasks
from helpdesk.mail.models import InboundMail
from helpdesk.mail.states import InboundState
from tests.helpdesk.mail.mails import a_raw_mail, an_outbound_mail
from tests.helpdesk.mail.smtp_sink import SmtpSink


def test_every_scheduled_job_of_mail_is_a_task() -> None:
    app.loader.import_default_modules()
    jobs = [job["task"] for job in app.conf.beat_schedule.values() if ".mail." in job["task"]]
    assert sorted(jobs) == [
        "helpdesk.mail.tasks.deliver_outbound",
        "helpdesk.mail.tasks.sweep_inbound",
    ]
    assert set(jobs) <= set(app.tasks)


@pytest.mark.django_db
@pytest.mark.parametrize("is_announced", [True, False])
def test_a_mail_is_processed_announced_or_not(sorter: None, is_announced: bool) -> None:
    mail_id = intake.receive(a_raw_mail(), source="webhook").mail_id
    if is_announced:
        tasks.process_inbound(mail_id)
    tasks.sweep_inbound()
    assert InboundMail.objects.get().state == InboundState.CASED


@pytest.mark.django_db
def test_what_is_due_is_sent(sink: SmtpSink) -> None:
    an_outbound_mail()
    tasks.deliver_outbound()
    assert len(sink.mails) == 1
