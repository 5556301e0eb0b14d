"""Jobs of the mail: shallow, ids in, safe to run twice and at once."""

from celery import shared_task

from helpdesk.mail import delivery, processing

SWEEP_SECONDS = 20.0


@shared_task
def process_inbound(mail_id: int) -> None:
    """Process one mail that has just come in."""
    processing.process(mail_id)


@shared_task
def sweep_inbound() -> None:
    """Process what no wake-up announced, or what a killed worker or an error left behind."""
    processing.process_due(seconds=SWEEP_SECONDS)


@shared_task
def deliver_outbound() -> None:
    """Send whatever is due, what people wrote first."""
    delivery.deliver_due(seconds=SWEEP_SECONDS)
