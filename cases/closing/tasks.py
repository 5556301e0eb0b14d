"""The job of the countdowns: shallow, safe to run twice and at once."""

from celery import shared_task

from cases.closing import sweeping
from helpdesk.mail.clock import database_now


@shared_task
def sweep() -> None:
    """Remind, give notice and end what is due."""
    sweeping.sweep(now=database_now())
