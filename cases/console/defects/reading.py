"""Finding what a defect page of the console shows."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404

from cases.console.queues import counted
from cases.defects.models import Defect
from cases.defects.numbers import typed_defect
from cases.models import Case
from helpdesk.people.models import Person


def frame(person: Person) -> dict[str, Any]:
    """What every page of the console has around it."""
    return {"queues": [(one, False) for one in counted(person)], "is_defects": True}


def defect_or_404(person: Person, number: int) -> Defect:
    """The defect with this number, as far as `person` may see it."""
    found = Defect.objects.visible_to(person).select_related("merged_into")
    defect = found.filter(number=number).first()
    if defect is None:
        raise Http404("There is no defect with this number.")
    return defect


def defect_typed(person: Person, typed: str) -> Defect | None:
    """The defect that somebody typed or chose, by its number alone: words may mean several."""
    number = typed_defect(typed.partition(" ")[0])
    return Defect.objects.visible_to(person).filter(number=number).first() if number else None


def cases_numbered(person: Person, numbers: Iterable[int]) -> list[Case]:
    """The cases with these numbers that `person` may see."""
    return list(Case.objects.visible_to(person).numbered(numbers).order_by("pk"))
