"""Bringing a colleague into a chat, who writes in it too; and leaving it again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import kinds as case_kinds
from cases.actions.refusing import Refused
from chat import access, doorbell, kinds
from chat.companions.models import Companion
from chat.models import Conversation, Line
from chat.numbering import COUNTERS, NewLine, add_line
from helpdesk.journal import writing as journal
from helpdesk.markup.characters import harmless
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person


@transaction.atomic
def invite(
    conversation: Conversation,
    colleague: Person,
    *,
    by: Person,
    note: str = "",
    at: datetime | None = None,
) -> Conversation:
    """Bring a colleague into a chat in talk; who is in it already stays so. Raises Refused.

    The client reads who has come; `note` is whispered.
    """
    access.require_ours(by)
    access.require_ours(colleague)
    locked = Conversation.objects.locked_one(conversation.pk)
    if locked.state != Conversation.State.ACTIVE:
        raise Refused("Take the chat first. Then bring somebody in.")
    if locked.agent_id == colleague.pk:
        raise Refused(f"{colleague.name} has this chat already.")
    moment = at or timezone.now()
    _, is_new = Companion.objects.get_or_create(
        conversation=locked, person=colleague, defaults={"since": moment}
    )
    if not is_new:
        return locked
    if note.strip():
        words = NewLine(
            kind=Line.Kind.WHISPERED, text=harmless(note), is_ours=True, is_public=False
        )
        add_line(locked, words, by=Actor.of(by), at=moment)
    told = NewLine(kind=Line.Kind.INVITED, text=colleague.name, is_ours=True)
    add_line(locked, told, by=Actor.of(by), at=moment)
    locked.save(update_fields=COUNTERS)
    _tell(locked, colleague, by=by, at=moment)
    doorbell.ring_given(locked, to=colleague.pk)
    return locked


@transaction.atomic
def leave(conversation: Conversation, *, by: Person, at: datetime | None = None) -> Conversation:
    """Go out of a chat that one was brought into; its agent stays. Who is not in it stays out."""
    locked = Conversation.objects.locked_one(conversation.pk)
    gone, _ = locked.companions.filter(person=by).delete()
    if gone:
        told = NewLine(kind=Line.Kind.WENT, is_ours=True)
        add_line(locked, told, by=Actor.of(by), at=at or timezone.now())
        locked.save(update_fields=COUNTERS)
    return locked


def _tell(conversation: Conversation, colleague: Person, *, by: Person, at: datetime) -> None:
    journal.write(
        kinds.INVITED,
        subject_kind=case_kinds.SUBJECT,
        subject_id=conversation.case_id,
        organisation_id=conversation.case.organisation_id,
        by=Actor.of(by),
        at=at,
        data={"conversation": conversation.pk, "to": colleague.name},
    )
