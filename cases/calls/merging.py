"""What a case that becomes part of another takes along of its calls."""

from datetime import datetime

from cases.actions.refusing import Refused
from cases.calls.models import Call
from cases.models import Case
from helpdesk.people.actors import Actor


def take_along(source: Case, kept: Case, by: Actor, at: datetime) -> None:
    """Its calls are calls of the case that goes on. Raises Refused: one call at a time."""
    booked = Call.objects.booked().filter(case__in=[source, kept])
    if booked.count() > 1:
        raise Refused("A call is booked on each of them. Cancel one of the calls first.")
    Call.objects.filter(case=source).update(case=kept)
