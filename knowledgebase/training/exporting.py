"""What training keeps of a person, for the export of their data."""

from collections.abc import Iterator
from typing import Any

from helpdesk.people.models import Person
from knowledgebase.training.models import Registration


def registrations(person: Person) -> Iterator[dict[str, Any]]:
    """Where they came, wanted to come, or did not."""
    own = Registration.objects.filter(person=person).select_related("event").order_by("pk")
    for one in own.iterator():
        yield {
            "training": one.event.title,
            "starts_at": one.event.starts_at,
            "state": one.state,
            "has_attended": one.has_attended,
        }
