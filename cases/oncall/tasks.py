"""Jobs of the on-call: shallow, safe to run twice and at once. The database's clock decides."""

from celery import shared_task

from cases.oncall import ringing
from cases.oncall.emergency import telephony
from helpdesk.mail.clock import database_now


@shared_task
def ring_due() -> None:
    """Call whoever is next for every page that is due."""
    ringing.ring_due(now=database_now())


@shared_task
def take_calls() -> None:
    """Make cases of what the telephone system told."""
    telephony.process_due(now=database_now())
