"""What runs by itself."""

from celery import shared_task

from cases.reports import keeping


@shared_task
def fold_changes() -> None:
    """Keep the list of changes short."""
    keeping.fold_changes()
