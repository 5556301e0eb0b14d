"""Jobs of the chat: shallow, safe to run twice and at once."""

from celery import shared_task
from django.utils import timezone

from chat import filing, mailing
from chat.identity import visiting
from chat.idle import sweeping
from helpdesk.mail.clock import database_now


@shared_task
def file_lines() -> None:
    """Put what was said into the threads of the cases."""
    filing.file_due(at=timezone.now())


@shared_task
def mail_answers() -> None:
    """Mail answers that no browser of the client took."""
    mailing.mail_due(at=timezone.now())


@shared_task
def attend_quiet_chats() -> None:
    """Nudge and end chats without a word, answer by mail who left the queue."""
    sweeping.sweep(now=database_now())


@shared_task
def forget_vouchers() -> None:
    """Forget vouchers that are over and cannot be handed in again."""
    visiting.forget_used_vouchers(at=timezone.now())
