"""Ending a conversation. Its case goes on; the transcript is mailed as news of the end."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import kinds as case_kinds
from cases.satisfaction import asking
from chat import kinds
from chat.allotting import offers
from chat.measures import counting
from chat.models import Conversation, Line
from chat.numbering import COUNTERS, NewLine, add_line
from helpdesk.journal import writing as journal
from helpdesk.people.actors import Actor

ROW = [*COUNTERS, "state", "ended_at", "ended_by", "rating"]


@transaction.atomic
def end(
    conversation: Conversation,
    *,
    who: Conversation.EndedBy,
    by: Actor,
    at: datetime | None = None,
    reason: str = "",
    asks: bool = True,
) -> Conversation:
    """End a conversation; one that has ended stays as it was. Both sides read `reason`.

    `asks`: whether the client is asked how it went.
    """
    locked = Conversation.objects.locked_one(conversation.pk)
    if not locked.is_open:
        return locked
    moment = at or timezone.now()
    locked.state = Conversation.State.ENDED
    locked.ended_at = moment
    locked.ended_by = who
    is_ours = who != Conversation.EndedBy.CLIENT
    told = NewLine(kind=Line.Kind.ENDED, text=reason, is_ours=is_ours)
    add_line(locked, told, by=by, at=moment)
    locked.rating = _asked(locked, at=moment) if asks else ""
    locked.save(update_fields=ROW)
    offers.settle(locked, taken_by=None, at=moment)
    locked.companions.all().delete()
    journal.write(
        kinds.ENDED,
        subject_kind=case_kinds.SUBJECT,
        subject_id=locked.case_id,
        organisation_id=locked.case.organisation_id,
        by=by,
        at=moment,
        data={"conversation": locked.pk, "who": who, "reason": reason},
    )
    if who == Conversation.EndedBy.CLIENT:
        counting.count_abandonment(locked)
    return locked


def _asked(conversation: Conversation, *, at: datetime) -> str:
    """Whoever had an answer is asked how it went, unless they were asked about this case."""
    if conversation.first_answered_at is None:
        return ""
    survey = asking.ask_after_chat(conversation.case, agent=conversation.agent, at=at)
    return Conversation.Rating.ASKED if survey else ""
