"""Notices as the tests post them: one call, defaults that make sense."""

from datetime import UTC, datetime, timedelta
from typing import Any

from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person
from knowledgebase.notices.actions import posting
from knowledgebase.notices.actions.posting import Draft
from knowledgebase.notices.lifecycle import Impact, Kind
from knowledgebase.notices.models import Notice

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEXT = "Reports cannot be run while this lasts."


def maintenance(*, by: Person | None = None, at: datetime = NOW, **facts: Any) -> Notice:
    """Maintenance from in two hours to in four."""
    facts = {
        "title": "Database upgrade",
        "text": TEXT,
        "starts_at": at + 2 * HOUR,
        "ends_at": at + 4 * HOUR,
        "impact": Impact.PARTIAL,
        **facts,
    }
    return posting.post(
        Draft(kind=Kind.MAINTENANCE, **facts), by=Actor.of(by) if by else SYSTEM, at=at
    )


def incident(*, at: datetime = NOW, **facts: Any) -> Notice:
    """Something that broke just now."""
    facts = {
        "title": "Reports are slow",
        "text": TEXT,
        "starts_at": at,
        "impact": Impact.DEGRADED,
        **facts,
    }
    return posting.post(Draft(kind=Kind.INCIDENT, **facts), by=SYSTEM, at=at)
