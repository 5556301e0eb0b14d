"""Jobs of the user groups: shallow, safe to run twice and at once."""

from celery import shared_task

from helpdesk.mail.clock import database_now
from knowledgebase.community import telling


@shared_task
def tell_followers() -> None:
    """Queue the mails of posts that were written."""
    telling.tell_followers(now=database_now())
