"""Jobs of the SLA: shallow, safe to run twice and at once. The database's clock decides."""

from datetime import datetime

from celery import shared_task
from django.db import connection

from cases.sla import reassessing, replanning, sweeping


@shared_task
def sweep() -> None:
    """Record warnings and misses that are due."""
    sweeping.sweep(now=_database_now())


@shared_task
def replan() -> None:
    """Re-plan open promises whose calendar has a newer version."""
    replanning.replan_outdated(now=_database_now())


@shared_task
def reassess() -> None:
    """Put open promises on the terms of policies that were edited."""
    reassessing.reassess_edited()


def _database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        now: datetime = cursor.fetchone()[0]
    return now
