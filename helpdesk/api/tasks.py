"""Recurring work of the API's floor."""

from celery import shared_task

from helpdesk.api import idempotency


@shared_task
def forget_old_keys() -> None:
    """Delete idempotency keys that are over."""
    idempotency.forget_old_keys()
