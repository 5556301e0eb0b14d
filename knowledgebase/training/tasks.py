"""Jobs of training: shallow, safe to run twice and at once. The database's clock decides."""

from celery import shared_task

from helpdesk.mail.clock import database_now
from knowledgebase.training.actions import planning

MOST = 50


@shared_task
def remind() -> None:
    """Remind of what begins soon."""
    now = database_now()
    for _ in range(MOST):
        if not planning.remind(now=now):
            break
