"""Linking a conversation to a case that exists already, by the client or by one of ours."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import kinds as case_kinds
from cases.actions.following import follow
from cases.actions.refusing import Refused
from cases.models import Case
from chat import kinds
from chat.models import Conversation, Line
from chat.numbering import COUNTERS, NewLine, add_line
from helpdesk.journal import writing as journal
from helpdesk.people.actors import Actor


@transaction.atomic
def link(
    conversation: Conversation, case: Case, *, by: Actor, at: datetime | None = None
) -> Conversation:
    """Note that the chat goes on from `case`, which `by` may see. Raises Refused.

    The caller found `case` among those visible to `by`. One of another organisation is refused
    for ours too: its number would be told to people who have no business there.
    """
    locked = Conversation.objects.locked_one(conversation.pk)
    if not _is_of_the_same_client(locked, case):
        raise Refused("That case belongs to somebody else, so the chat cannot be linked to it.")
    moment = at or timezone.now()
    follow(locked.case, case, by=by, at=moment)
    told = NewLine(kind=Line.Kind.LINKED, text=case.shown_number, is_ours=by.is_staff_member)
    add_line(locked, told, by=by, at=moment)
    locked.save(update_fields=COUNTERS)
    journal.write(
        kinds.LINKED,
        subject_kind=case_kinds.SUBJECT,
        subject_id=locked.case_id,
        organisation_id=locked.case.organisation_id,
        by=by,
        at=moment,
        data={"conversation": locked.pk, "number": case.shown_number},
    )
    return locked


def _is_of_the_same_client(conversation: Conversation, case: Case) -> bool:
    own = conversation.case
    if not conversation.is_vouched:
        return own.client_id == case.client_id
    is_colleagues = own.organisation_id is not None and own.organisation_id == case.organisation_id
    return own.client_id == case.client_id or is_colleagues
