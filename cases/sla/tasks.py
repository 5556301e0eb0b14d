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
def reassess(policy_id: int, by: str) -> None:
    """Put the open promises of a policy that was edited on the terms that hold now."""
    reassessing.reassess(policy_id, by=by, now=_database_now())


def _database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        now: datetime = cursor.fetchone()[0]
    return now
