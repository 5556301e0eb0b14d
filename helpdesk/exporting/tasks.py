"""Jobs of the exports: safe to run twice and at once."""

from celery import shared_task

from helpdesk.exporting import making
from helpdesk.mail.clock import database_now


@shared_task
def make_exports() -> None:
    """Make what was asked for."""
    while making.make_next(now=database_now()):
        pass


@shared_task
def delete_expired() -> None:
    """Delete what is too old."""
    making.delete_expired(now=database_now())
