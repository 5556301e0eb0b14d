"""Which clients have the pop-up open now: this browser's, or any that a page vouched for.

A vouched client has a visit for each page that they open, so all of theirs that live count.
"""

from collections.abc import Iterable
from datetime import datetime

from chat import presence
from chat.models import Conversation, Visit

MOST_VISITS = 2_000


def here(conversations: Iterable[Conversation], *, at: datetime) -> frozenset[int]:
    """The ids of those whose client is there; none with Redis away."""
    return _found(list(conversations), at=at) or frozenset()


def absent(conversations: Iterable[Conversation], *, at: datetime) -> frozenset[int]:
    """The ids of those whose client is known not to be there; none with Redis away."""
    asked = list(conversations)
    found = _found(asked, at=at)
    return frozenset() if found is None else frozenset(one.pk for one in asked) - found


def _found(conversations: list[Conversation], *, at: datetime) -> frozenset[int] | None:
    visits = {one.pk: {one.visit_id} for one in conversations}
    people = {one.person_id for one in conversations if one.person_id is not None}
    living = Visit.objects.unended(at=at).filter(person__in=people).order_by("-pk")
    of_person: dict[int | None, set[int]] = {}
    for person_id, pk in living.values_list("person_id", "pk")[:MOST_VISITS] if people else ():
        of_person.setdefault(person_id, set()).add(pk)
    for one in conversations:
        visits[one.pk] |= of_person.get(one.person_id, set())
    everybody = {pk for pks in visits.values() for pk in pks}
    known = presence.known(presence.of_visit(pk) for pk in everybody)
    if known is None:
        return None
    return frozenset(
        pk for pk, pks in visits.items() if any(presence.of_visit(one) in known for one in pks)
    )
