"""Jobs of the files: shallow, safe to run twice and at once. Rows that are due are the queue."""

from celery import shared_task
from django.utils import timezone

from helpdesk.attachments import drafts, renditions, scanning, sweeping

SWEEP_SECONDS = 20.0


@shared_task
def scan_files() -> None:
    """Ask the virus scanner about the files that are due."""
    scanning.scan_due(seconds=SWEEP_SECONDS)


@shared_task
def draw_pictures() -> None:
    """Draw the pictures that are due."""
    renditions.draw_due(seconds=SWEEP_SECONDS)


@shared_task
def delete_expired_drafts() -> None:
    """Delete the files that were uploaded and never sent."""
    drafts.delete_expired(at=timezone.now())


@shared_task
def delete_orphaned_bytes() -> None:
    """Delete what lies in the store without a row."""
    sweeping.delete_orphans(at=timezone.now())
