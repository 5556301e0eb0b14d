"""Finding a call again under its lock, before it is changed."""

from cases.actions.refusing import Refused
from cases.calls.models import Call
from cases.models import Case
from helpdesk.people.actors import Actor


def locked_call(call: Call, *, seen_sequence: int | None = None) -> Call:
    """The booked call as it is now, its case and itself locked, in this order.

    Raises Refused when it is over, or when it changed since `seen_sequence` was shown.
    """
    Case.objects.locked_one(call.case_id)
    locked = Call.objects.for_rows().select_for_update(of=("self",)).get(pk=call.pk)
    if not locked.is_booked:
        raise Refused("This call is not booked any more. Nothing was changed.")
    if seen_sequence is not None and seen_sequence != locked.sequence:
        raise Refused("The call was moved while you were looking. See when it is now.")
    return locked


def refuse_stranger(call: Call, *, by: Actor) -> None:
    """Raise Refused unless the actor is one of ours or may see the call."""
    person = by.person
    if person is None or not Call.objects.visible_to(person).filter(pk=call.pk).exists():
        raise Refused("You may not change this call.")
