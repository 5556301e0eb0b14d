"""Jobs of the SLA: shallow, safe to run twice and at once. The database's clock decides."""

from datetime import datetime, timedelta

import structlog
from celery import shared_task
from django.db import connection
from django.utils import timezone

from cases.sla import reassessing, replanning, sweeping

log = structlog.get_logger(__name__)

MOST_DRIFT = timedelta(seconds=2)


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
    """Put open promises on the terms of policies that were edited, or whose package began."""
    reassessing.follow_packages(now=_database_now())
    reassessing.reassess_edited()


def _database_now() -> datetime:
    """One clock decides; a host that differs from it stamps messages wrongly, so it is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        now: datetime = cursor.fetchone()[0]
    if abs(now - timezone.now()) > MOST_DRIFT:
        log.error("sla.host_clock_is_off", database=now.isoformat())
    return now
