"""Jobs of the entitlements: shallow, safe to run twice and at once."""

from celery import shared_task
from django.utils import timezone

from cases.entitlements import granting


@shared_task
def sweep() -> None:
    """Grant the minutes of periods that have begun, expire those whose time is over."""
    now = timezone.now()
    granting.grant_what_is_due(now=now)
    granting.expire_what_is_over(now=now)
