"""Finding a conversation for whoever asks, and its news. Nothing here trusts an id."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists
from django.utils import timezone

from chat import wire
from chat.models import Conversation, Visit
from helpdesk.people.models import Person


def conversation_of_visit(visit: Visit, key: str, *, at: datetime) -> Conversation | None:
    """The conversation with this key, if it is this visit's; rights are asked anew each time."""
    living = living_visit(visit.pk, at=at)
    if living is None:
        return None
    held = Conversation.objects.held_by(living).select_related("case", "agent")
    return held.filter(key=key).first()


def conversation_of_person(person: Person, pk: object) -> Conversation | None:
    """The conversation with this id, if `person` is one of ours now."""
    if not isinstance(pk, int) or not 0 < pk < 2**63:
        return None
    # What the socket knows of the person may be old: asked anew, in the same statement.
    is_ours_now = Exists(Person.objects.staff().filter(pk=person.pk))
    found = Conversation.objects.visible_to(person).filter(is_ours_now, pk=pk)
    return found.select_related("case", "agent").first()


def news_for_visit(visit: Visit, key: str, *, after: int, at: datetime) -> dict[str, Any] | None:
    """The news of a conversation of this visit, with its row's `pk` for the socket."""
    conversation = conversation_of_visit(visit, key, at=at)
    if conversation is None:
        return None
    return {"pk": conversation.pk, **wire.news_for_client(conversation, after=after)}


def news_for_person(person: Person, pk: int, *, after: int) -> dict[str, Any] | None:
    """The news of a conversation for one of ours, with its row's `pk`."""
    conversation = conversation_of_person(person, pk)
    if conversation is None:
        return None
    news = wire.news_for_ours(conversation, after=after, reader=person.pk)
    return {"pk": conversation.pk, **news}


def living_visits(pks: Collection[int]) -> set[int]:
    """Those of these visits that have not ended."""
    moment = timezone.now()
    visits = Visit.objects.unended(at=moment).filter(pk__in=pks).select_related("person")
    return {visit.pk for visit in visits if visit.is_alive(at=moment)}


def last_numbers(pks: Collection[int]) -> dict[int, tuple[int, int]]:
    """The newest line of each conversation: its number for us, and that for the client."""
    rows = Conversation.objects.filter(pk__in=pks)
    return {
        pk: (ours, public)
        for pk, ours, public in rows.values_list("pk", "last_number", "last_public_number")
    }


def living_visit(pk: int, at: datetime | None = None) -> Visit | None:
    """The visit as it is now, unless it has ended."""
    moment = at or timezone.now()
    visit = Visit.objects.unended(at=moment).select_related("person", "site").filter(pk=pk).first()
    return visit if visit is not None and visit.is_alive(at=moment) else None
