"""Jobs of the defects: shallow, safe to run twice and at once."""

from celery import shared_task
from django.utils import timezone

from cases.defects.campaigns import closing, sending
from cases.defects.surges import raising


@shared_task
def sweep_campaigns() -> None:
    """Send what is due, tell the cases, and close what nobody answered for."""
    now = timezone.now()
    sending.sweep(now=now)
    closing.sweep(now=now)


@shared_task
def forget_old_reports() -> None:
    """Drop what new cases are no longer compared with."""
    raising.forget_old(now=timezone.now())
