"""Open defects of severity 1 stand on the status page, through the door of the notices.

What is posted is what clients may read. The door takes the same call twice as one.
"""

from cases.defects.lifecycle import State
from cases.defects.models import Defect
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from knowledgebase.notices.actions import relaying
from knowledgebase.notices.lifecycle import State as NoticeState

_STATES = {
    State.LOGGED: NoticeState.INVESTIGATING,
    State.CONFIRMED: NoticeState.IDENTIFIED,
    State.SCHEDULED: NoticeState.IDENTIFIED,
    State.FIXED: NoticeState.MONITORING,
}


def follow(entry: Entry) -> None:
    """React to news of a defect: post it, say what changed, or end its notice."""
    defect = Defect.objects.filter(pk=entry.subject_id).first()
    if defect is None:
        return
    reference, text = f"defect:{defect.pk}", _text(defect)
    by = Actor(entry.actor, entry.actor_label)
    if not Defect.objects.severity_one().filter(pk=defect.pk).exists():
        relaying.close(reference, text=text, by=by)
        return
    known = relaying.notice_called(reference)
    if known is None or not known.is_open:
        relaying.post(reference, title=defect.title, text=text, by=by)
    else:
        state = _STATES.get(defect.current_state)
        relaying.update(reference, key=f"entry:{entry.pk}", text=text, by=by, state=state)


def _text(defect: Defect) -> str:
    parts = [f"{defect.shown_number}: {defect.client_words}.", defect.public_text]
    if defect.declined_because:
        parts.append(defect.declined_because)
    if defect.workaround and defect.is_open:
        parts.append(f"Until then: {defect.workaround}")
    return "\n\n".join(part for part in parts if part)
