"""Jobs of the notifications: shallow, safe to run twice and at once."""

from celery import shared_task

from helpdesk.notifications import delivering

SWEEP_SECONDS = 20.0


@shared_task
def deliver() -> None:
    """Send whatever is due."""
    delivering.deliver_due(seconds=SWEEP_SECONDS)


@shared_task
def forget_old() -> None:
    """Delete what was told a month ago."""
    delivering.forget_old()
