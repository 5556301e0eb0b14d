"""What the views of the API share: finding a case, telling of it, saying why not."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.http import Http404
from django.utils import timezone

from cases.actions.refusing import CaseChanged, Refused
from cases.api.sending import CaseWithPromisesOut
from cases.lifecycle import MoveRefused
from cases.models import Case
from cases.sla.standing import standings_of
from helpdesk.api.errors import Problem
from helpdesk.people.models import Person


def case_or_404(person: Person, number: int) -> Case:
    """The case with this number if `person` may see it; otherwise the same 404 as for none."""
    case = Case.objects.visible_to(person).for_rows().filter(number=number).first()
    if case is None:
        raise Http404
    return case


def told(case: Case) -> Any:
    """The case with its promises, as the API tells it."""
    promises = standings_of(case, now=timezone.now())
    return CaseWithPromisesOut(case, context={"promises": promises}).data


@contextmanager
def refusals_told() -> Iterator[None]:
    """Answer with the sentence of a refused action: 409 where the case stands in the way."""
    try:
        yield
    except CaseChanged as change:
        raise Problem(
            HTTPStatus.CONFLICT,
            "This case changed since you read it. Nothing was sent: read what is new, "
            "then send again with the current version.",
            current_version=change.current,
        ) from change
    except MoveRefused as refusal:
        raise Problem(HTTPStatus.CONFLICT, str(refusal)) from refusal
    except Refused as refusal:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(refusal)) from refusal
