"""Keeping a view under a name, and forgetting it."""

from urllib.parse import urlencode

from django.db import transaction

from cases.saved.models import SavedView
from helpdesk.people.models import Person

MOST_KEPT = 20
LONGEST_NAME = 60
LONGEST_QUERY = 500


class NotSaved(Exception):
    """The view was not saved; the message is a sentence for the person."""


@transaction.atomic
def save(
    name: str, values: dict[str, str], *, person: Person, surface: str, place: str = ""
) -> SavedView:
    """Keep the address of a list; a view of that name is replaced. Raises NotSaved."""
    name, query = " ".join(name.split())[:LONGEST_NAME], urlencode(values)
    if not name:
        raise NotSaved("Give the view a name, so that you find it again.")
    if len(query) > LONGEST_QUERY:
        raise NotSaved("That is too much to keep. Use fewer words in the search.")
    # Two tabs of one person at once must not both be the twentieth.
    Person.objects.select_for_update().get(pk=person.pk)
    others = SavedView.objects.filter(person=person, surface=surface).exclude(name=name)
    if others.count() >= MOST_KEPT:
        raise NotSaved(f"You keep {MOST_KEPT} views already. Remove one first.")
    view, _ = SavedView.objects.update_or_create(
        person=person, surface=surface, name=name, defaults={"place": place, "query": query}
    )
    return view


def forget(pk: int, *, person: Person) -> bool:
    """Remove one's own view; False when there is no such."""
    return SavedView.objects.filter(pk=pk, person=person).delete()[0] > 0


def views_of(person: Person, *, surface: str) -> list[SavedView]:
    """The views of one person, by name: at most `MOST_KEPT`."""
    return list(SavedView.objects.filter(person=person, surface=surface).order_by("name"))
