"""The offers that stand: looking at them, and settling them where a chat changes hands."""

from datetime import datetime

from django.db.models import Case, Value, When

from chat.allotting.models import Offer
from chat.models import Conversation
from helpdesk.people.models import Person


def open_offer(conversation: Conversation) -> Offer | None:
    """To whom a waiting chat is given now; asks the database only of one that waits."""
    if conversation.state != Conversation.State.WAITING:
        return None
    return conversation.offers.unsettled().select_related("person").first()


def settle(conversation: Conversation, *, taken_by: Person | None, at: datetime) -> None:
    """Close the offer of a locked conversation: taken by whom it was made to, or withdrawn."""
    taken = When(person=taken_by, then=Value(Offer.Outcome.TAKEN))
    Offer.objects.unsettled().filter(conversation=conversation).update(
        outcome=Case(taken, default=Value(Offer.Outcome.WITHDRAWN)), settled_at=at
    )


def withdraw_from(person: Person, *, at: datetime) -> None:
    """Take back what somebody was given who goes away: the next sweep gives it to another."""
    standing = Offer.objects.unsettled().filter(person=person)
    standing.update(outcome=Offer.Outcome.WITHDRAWN, settled_at=at)
