"""Jobs of the escalations: shallow, safe to run twice and at once."""

from celery import shared_task

from cases.escalations import climbing, collecting
from helpdesk.mail.clock import database_now


@shared_task
def sweep() -> None:
    """Take the steps that are due and tell what was collected."""
    now = database_now()
    climbing.sweep(now=now)
    collecting.tell_collected(now=now)
