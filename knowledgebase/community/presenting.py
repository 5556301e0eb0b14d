"""What members read of each other: a name, and beside it what each of them chose."""

from collections.abc import Iterable

from helpdesk.people.models import Person
from knowledgebase.community.models import Presentation

Shows = Presentation.Shows


def shown_beside(people: Iterable[int]) -> dict[int, str]:
    """By person: their organisation, its region, or nothing, as they chose; ours are "our team"."""
    rows = Person.objects.filter(pk__in=set(people)).select_related(
        "organisation__region", "presentation"
    )
    return {person.pk: _words(person) for person in rows}


def choice_of(person: Person) -> str:
    """What `person` chose; nothing before they did."""
    own = Presentation.objects.filter(person=person).first()
    return own.shows if own else Shows.NOTHING


def choose(person: Person, shows: str) -> None:
    """Keep what `person` wants others to read."""
    Presentation.objects.update_or_create(person=person, defaults={"shows": shows})


def _words(person: Person) -> str:
    if person.is_staff_member:
        return "our team"
    shows = person.presentation.shows if hasattr(person, "presentation") else Shows.NOTHING
    if person.organisation is None or shows == Shows.NOTHING:
        return ""
    return str(person.organisation.region if shows == Shows.REGION else person.organisation)
