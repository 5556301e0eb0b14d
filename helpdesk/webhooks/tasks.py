"""Jobs of the webhooks: shallow, safe to run twice and at once."""

from celery import shared_task

from helpdesk.webhooks import delivering

SWEEP_SECONDS = 20.0


@shared_task
def deliver() -> None:
    """Post whatever is due."""
    delivering.deliver_due(seconds=SWEEP_SECONDS)


@shared_task
def forget_old() -> None:
    """Delete deliveries that are over for a month."""
    delivering.forget_old()
