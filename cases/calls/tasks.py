"""Jobs of the calls: shallow, safe to run twice and at once."""

from celery import shared_task
from django.utils import timezone

from cases.calls import reminding


@shared_task
def remind() -> None:
    """Remind both sides of calls that are near."""
    reminding.remind_of_what_is_near(now=timezone.now())
