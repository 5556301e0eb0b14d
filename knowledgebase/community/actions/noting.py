"""One entry of the journal for each thing that happens to a group or topic."""

from datetime import datetime

from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.people.actors import Actor
from knowledgebase.community import kinds
from knowledgebase.community.models import Group, Topic


def note(subject: Group | Topic, kind: Kind, *, by: Actor, at: datetime, **data: str) -> None:
    """Write what happened to `subject`; `data` fills the sentence of the kind."""
    journal.write(
        kind,
        subject_kind=kinds.GROUP if isinstance(subject, Group) else kinds.TOPIC,
        subject_id=subject.pk,
        organisation_id=None,
        by=by,
        at=at,
        data=data,
    )


class Refused(Exception):
    """It cannot be done; the message is a sentence."""
