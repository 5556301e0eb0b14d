"""Who of ours talks: accepting a chat, and handing it to another agent or a team."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import kinds as case_kinds
from cases.actions import assigning
from cases.actions.refusing import Refused
from chat import access, kinds
from chat.allotting import offers
from chat.idle import turns
from chat.measures import counting
from chat.models import Conversation, Line
from chat.numbering import COUNTERS, NewLine, add_line
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.markup.characters import harmless
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person, Team

ROW = [*COUNTERS, "state", "agent", "team", "accepted_at"]


@transaction.atomic
def accept(conversation: Conversation, *, by: Person, at: datetime | None = None) -> Conversation:
    """Take a chat that waits, or that was left as a message; its case becomes theirs too.

    Of two who take it at once the second is told by whom it is taken. Raises Refused.
    """
    access.require_ours(by)
    locked = Conversation.objects.locked_one(conversation.pk)
    if locked.agent_id == by.pk and locked.state == Conversation.State.ACTIVE:
        return locked
    if locked.state == Conversation.State.ENDED:
        raise Refused("This chat has ended. Answer on its case.")
    if locked.state == Conversation.State.ACTIVE and locked.agent is not None:
        raise Refused(f"{locked.agent.name} has this chat. Ask them to hand it to you.")
    take_locked(locked, by=by, at=at or timezone.now())
    return locked


def take_locked(conversation: Conversation, *, by: Person, at: datetime) -> None:
    """Make a conversation theirs whose row the caller has locked, and who asked if they may."""
    is_first = conversation.accepted_at is None
    _take(conversation, by, at=at)
    _tell(kinds.ACCEPTED, conversation, by=Actor.of(by), at=at)
    counting.count_acceptance(conversation, at=at, is_first=is_first)


@transaction.atomic
def transfer(
    conversation: Conversation,
    *,
    to: Person | Team,
    by: Person,
    note: str = "",
    at: datetime | None = None,
) -> Conversation:
    """Hand a chat to a colleague, or to a team whose members find it waiting.

    `note` is whispered to them. Raises Refused.
    """
    access.require_ours(by)
    locked = Conversation.objects.locked_one(conversation.pk)
    if locked.state == Conversation.State.ENDED:
        raise Refused("This chat has ended. Assign its case instead.")
    moment, is_first = at or timezone.now(), locked.accepted_at is None
    if note.strip():
        words = NewLine(
            kind=Line.Kind.WHISPERED, text=harmless(note), is_ours=True, is_public=False
        )
        add_line(locked, words, by=Actor.of(by), at=moment)
    name = to.name
    told = NewLine(kind=Line.Kind.TRANSFERRED, text=name, is_ours=True, is_public=False)
    add_line(locked, told, by=Actor.of(by), at=moment)
    if isinstance(to, Team):
        _give_to_team(locked, to, by=by, at=moment)
    else:
        access.require_ours(to)
        _take(locked, to, at=moment, by=by)
    _tell(kinds.TRANSFERRED, locked, by=Actor.of(by), at=moment, to=name)
    if locked.state == Conversation.State.ACTIVE:
        counting.count_acceptance(locked, at=moment, is_first=is_first)
    return locked


def _take(
    conversation: Conversation, agent: Person, *, at: datetime, by: Person | None = None
) -> None:
    conversation.state = Conversation.State.ACTIVE
    conversation.agent = agent
    conversation.accepted_at = conversation.accepted_at or at
    told = NewLine(kind=Line.Kind.ACCEPTED, is_ours=True)
    add_line(conversation, told, by=Actor.of(agent), at=at)
    conversation.save(update_fields=ROW)
    offers.settle(conversation, taken_by=agent, at=at)
    conversation.companions.filter(person=agent).delete()
    assigning.assign(conversation.case, agent, by=Actor.of(by or agent), at=at)


def _give_to_team(conversation: Conversation, team: Team, *, by: Person, at: datetime) -> None:
    conversation.state = Conversation.State.WAITING
    conversation.agent = None
    conversation.team = team
    turns.wait(conversation, at=at)
    conversation.save(update_fields=ROW)
    offers.settle(conversation, taken_by=None, at=at)
    assigning.assign_team(conversation.case, team, by=Actor.of(by), at=at)


def _tell(kind: Kind, conversation: Conversation, *, by: Actor, at: datetime, **data: str) -> None:
    journal.write(
        kind,
        subject_kind=case_kinds.SUBJECT,
        subject_id=conversation.case_id,
        organisation_id=conversation.case.organisation_id,
        by=by,
        at=at,
        data={"conversation": conversation.pk, **data},
    )
