"""Jobs of sharing out: shallow, safe to run twice and at once."""

from celery import shared_task
from django.utils import timezone

from chat.allotting import giving


@shared_task
def share_out() -> None:
    """Take back what was not answered in time, then give what waits."""
    now = timezone.now()
    giving.take_back_due(at=now)
    giving.give_waiting(at=now)
