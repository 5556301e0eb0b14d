"""One entry of the journal for each thing that happens to an event."""

from datetime import datetime

from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.people.actors import Actor
from knowledgebase.training import kinds
from knowledgebase.training.models import Event


def note(kind: Kind, event: Event, *, by: Actor, at: datetime, person: str = "") -> None:
    """Write what happened to `event`, and to whom."""
    journal.write(
        kind,
        subject_kind=kinds.SUBJECT,
        subject_id=event.pk,
        organisation_id=None,
        by=by,
        at=at,
        data={"title": event.title, "person": person},
    )
