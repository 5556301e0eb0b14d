"""Giving waiting chats to our people, and taking back what was not answered in time.

Each step claims its conversation with SKIP LOCKED, so that sweeps which run at once share the
work; then the profiles of all who are here are locked in one order, so that two chats at once
never see the same place free.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from chat import doorbell, hours
from chat.allotting.candidates import locked_candidates, wanted_by
from chat.allotting.choosing import next_for
from chat.allotting.models import Offer, Profile, Rule
from chat.models import Conversation

MOST_AT_ONCE = 100


def give_waiting(*, at: datetime) -> int:
    """Give each waiting chat of an automatic site to the next agent; return how many were given.

    Those that find nobody free go on waiting and are looked at again in the next sweep.
    """
    given = Offer.objects.unsettled().filter(conversation=OuterRef("pk"))
    waiting = Conversation.objects.waiting().filter(
        ~Exists(given), site__rule__way=Rule.Way.AUTOMATIC
    )
    pks = list(waiting.order_by("created_at", "pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    here = hours.agents_here() if pks else set()
    return sum(_give(pk, here, at=at) for pk in pks) if here else 0


def take_back_due(*, at: datetime) -> int:
    """Take back the chats that nobody answered in time; return how many."""
    due = Offer.objects.due(at=at).order_by("due_at")
    pks = list(due.values_list("pk", "conversation_id")[:MOST_AT_ONCE])
    return sum(_take_back(pk, conversation_id, at=at) for pk, conversation_id in pks)


@transaction.atomic
def _give(pk: int, here: set[int], *, at: datetime) -> int:
    conversation = _claimed(pk)
    if conversation is None or conversation.state != Conversation.State.WAITING:
        return 0
    if conversation.offers.unsettled().exists():
        return 0
    agent = next_for(wanted_by(conversation), locked_candidates(conversation, here))
    if agent is None:
        return 0
    seconds = conversation.site.rule.answer_seconds
    Offer.objects.create(
        conversation=conversation,
        person_id=agent,
        made_at=at,
        due_at=at + timedelta(seconds=seconds),
    )
    Profile.objects.filter(pk=agent).update(given_at=at)
    doorbell.ring_given(conversation, to=agent)
    return 1


@transaction.atomic
def _take_back(pk: int, conversation_id: int, *, at: datetime) -> int:
    conversation = _claimed(conversation_id)
    if conversation is None:
        return 0
    waits = conversation.state == Conversation.State.WAITING
    outcome = Offer.Outcome.LAPSED if waits else Offer.Outcome.WITHDRAWN
    due = Offer.objects.due(at=at).filter(pk=pk)
    taken_back = due.update(outcome=outcome, settled_at=at)
    if taken_back:
        doorbell.ring_after_commit(conversation)
    return taken_back


def _claimed(pk: int) -> Conversation | None:
    unlocked = Conversation.objects.select_for_update(skip_locked=True, of=("self",))
    related = unlocked.select_related("site__rule", "person", "case__organisation__region")
    return related.filter(pk=pk).first()
