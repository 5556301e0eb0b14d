"""Jobs of the calendars: safe to run twice."""

from celery import shared_task
from django.utils import timezone

from helpdesk.calendars.publishing import publish_new_zone_rules as publish


@shared_task
def publish_new_zone_rules() -> None:
    """Publish calendars anew whose zone got other clock changes with an update of tzdata."""
    publish(by="Waratah", at=timezone.now())
