"""Events as the tests plan them: one call, defaults that make sense."""

from datetime import UTC, datetime, timedelta
from typing import Any

from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Person, Role
from knowledgebase.training.actions import planning
from knowledgebase.training.models import Event

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def an_event(*, at: datetime = NOW, **facts: Any) -> Event:
    """An online training in two days, for an hour, two seats."""
    starts_at = facts.pop("starts_at", at + 2 * DAY)
    facts = {
        "title": "Reports from scratch",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "capacity": 2,
        "join_url": "https://meet.example/reports",
        **facts,
    }
    regions = facts.pop("regions", ())
    return planning.plan(Event(**facts), regions=regions, by=SYSTEM, at=at)


def somebody(number: int) -> Person:
    """One of any number of clients."""
    person: Person = Person.objects.create_user(
        f"s{number}",
        f"s{number}@elsewhere.example",
        role=Role.CLIENT,
        full_name=f"Somebody {number}",
    )
    return person
