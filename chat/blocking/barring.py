"""Blocking somebody from the chat, and letting them write again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from cases import kinds as case_kinds
from cases.actions.refusing import Refused
from chat import access, kinds
from chat.actions import ending
from chat.blocking.models import Block
from chat.blocking.standing import sentence_of
from chat.models import Conversation, Visit
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.markup.characters import in_one_line
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

LONGEST_REASON = 500


@transaction.atomic
def block(
    conversation: Conversation,
    *,
    by: Person,
    reason: str,
    lasts: timedelta | None,
    covers_address: bool = True,
    at: datetime,
) -> Block:
    """Keep whoever wrote in a chat from writing in any; their open chats end with the sentence.

    `lasts` None: until somebody lifts it. Of a client that a page vouched for the account is
    blocked. Of anybody else this browser, and with `covers_address` whoever claims that address.
    Raises Refused.
    """
    access.require_ours(by)
    words = in_one_line(reason)[:LONGEST_REASON]
    if not words:
        raise Refused("Say why, so that a colleague can judge later. Nobody was blocked.")
    visit = Visit.objects.select_for_update().get(pk=conversation.visit_id)
    is_vouched = conversation.person_id is not None
    made = Block.objects.create(
        conversation=conversation,
        person_id=conversation.person_id,
        visit=None if is_vouched else visit,
        email="" if is_vouched or not covers_address else visit.email,
        name=conversation.name,
        reason=words,
        by=by,
        at=at,
        until=at + lasts if lasts else None,
    )
    for one in _open_talks(made):
        _end(one, made, by=by, at=at)
    until = f"{made.until:%Y-%m-%d %H:%M} UTC" if made.until else "somebody lifts it"
    _tell(kinds.BLOCKED, made, by=by, at=at, reason=words, until=until)
    return made


@transaction.atomic
def lift(block: Block, *, by: Person, at: datetime) -> None:
    """Let them write again; one that was lifted or is over stays as it is."""
    access.require_ours(by)
    standing = Block.objects.standing(at=at).filter(pk=block.pk)
    if standing.update(lifted_at=at, lifted_by=by):
        _tell(kinds.UNBLOCKED, block, by=by, at=at)


def _open_talks(made: Block) -> list[Conversation]:
    open_ones = Conversation.objects.unended()
    if made.person_id is not None:
        return list(open_ones.filter(person_id=made.person_id).order_by("pk"))
    theirs = Q(visit=made.visit)
    if made.email:
        theirs |= Q(visit__email=made.email)
    return list(open_ones.filter(theirs, person=None).order_by("pk"))


def _end(conversation: Conversation, made: Block, *, by: Person, at: datetime) -> None:
    sentence = sentence_of(made, at=at)
    who, actor = Conversation.EndedBy.AGENT, Actor.of(by)
    ending.end(conversation, who=who, by=actor, at=at, reason=sentence, asks=False)


def _tell(kind: Kind, made: Block, *, by: Person, at: datetime, **data: str) -> None:
    journal.write(
        kind,
        subject_kind=case_kinds.SUBJECT,
        subject_id=made.conversation.case_id,
        organisation_id=made.conversation.case.organisation_id,
        by=Actor.of(by),
        at=at,
        data={"conversation": made.conversation_id, "name": made.name, **data},
    )
