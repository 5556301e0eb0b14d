"""Jobs of the status page: shallow, safe to run twice and at once. The database's clock decides."""

from celery import shared_task

from helpdesk.mail.clock import database_now
from knowledgebase.notices import chat_hours, sweeping, telling


@shared_task
def sweep() -> None:
    """Remind of, start and end what is due."""
    sweeping.sweep(now=database_now())


@shared_task
def tell_subscribers() -> None:
    """Queue the mails of updates that were posted."""
    telling.tell_subscribers(now=database_now())


@shared_task
def follow_calendars() -> None:
    """Let notices say what the chat calendars say."""
    chat_hours.follow_calendars(now=database_now())
