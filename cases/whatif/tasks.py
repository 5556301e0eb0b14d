"""The job of the drafts: shallow, safe to run twice and at once."""

from celery import shared_task

from cases.whatif import replaying

SECONDS = 4.0


@shared_task
def replay() -> None:
    """Go on with the drafts that are being replayed."""
    replaying.replay_some(seconds=SECONDS)
