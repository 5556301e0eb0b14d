"""Writing news of a call on the timeline of its case."""

from datetime import datetime

from cases import kinds as case_kinds
from cases.calls.inviting import when_words
from cases.calls.models import Call
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.people.actors import Actor


def tell(kind: Kind, call: Call, *, by: Actor, at: datetime, **more: object) -> None:
    """Add an entry to the journal, in the caller's transaction."""
    journal.write(
        kind,
        subject_kind=case_kinds.SUBJECT,
        subject_id=call.case_id,
        organisation_id=call.organisation_id,
        by=by,
        at=at,
        data={
            "call": call.pk,
            "when": when_words(call, call.client),
            "starts_at": call.starts_at.isoformat(),
            "minutes": call.minutes,
            "agent": call.agent.name,
            **more,
        },
    )


def used_words(minutes: int) -> str:
    """What it cost, as a sentence."""
    return f"{minutes} minutes were used." if minutes else "No minutes were used."
