"""Finding what a portal page shows. What may not be seen is not found."""

from datetime import datetime

from django.http import Http404

from cases import access, lifecycle
from cases.actions.moving import may_still_reopen
from cases.calls.booking import may_book
from cases.calls.models import Call
from cases.lifecycle import Move, Rule, State
from cases.models import Case, Participant
from helpdesk.people.models import Person


def case_or_404(person: Person, number: int) -> Case:
    """The case with this number if `person` may see it; otherwise the same 404 as for none."""
    try:
        return Case.objects.visible_to(person).for_rows().get(number=number)
    except Case.DoesNotExist as error:
        raise Http404("There is no such case among yours.") from error


def kept_for(person: Person, case: Case) -> Case | None:
    """The case that goes on where this one was merged, as far as `person` may see it."""
    if case.current_state != State.MERGED:
        return None
    return Case.objects.visible_to(person).filter(merged_cases__case=case).first()


def moves_for(person: Person, case: Case, *, now: datetime) -> list[tuple[Move, Rule]]:
    """The buttons below the thread; reopening goes once its window has passed."""
    role = access.role_of_person(person, case)
    moves = lifecycle.moves_from(case.current_state, role=role)
    if not may_still_reopen(case, now=now):
        moves = [move for move in moves if move != Move.REOPEN]
    return [(move, lifecycle.MOVES[move]) for move in moves]


def call_or_404(person: Person, uid: str) -> Call:
    """The call with this uid if `person` may see it; otherwise the same 404 as for none."""
    call = Call.objects.visible_to(person).for_rows().filter(uid=uid).first()
    if call is None:
        raise Http404("There is no such call among yours.")
    return call


def calls_of(person: Person, case: Case) -> dict[str, object]:
    """The booked call of a case, and whether the reader may ask for one."""
    booked = Call.objects.visible_to(person).booked().filter(case=case).select_related("agent")
    call = booked.first()
    is_offered = call is None and case.is_active and may_book(person, case)
    return {"call": call, "offers_call": is_offered}


def participants_of(case: Case) -> list[Person]:
    """The people on the client's side who follow the case."""
    joined = case.participants.filter(
        state=Participant.State.JOINED, person__role__in=["client", "client_manager"]
    ).select_related("person")
    return [participant.person for participant in joined]


def followed_by(person: Person, case: Case) -> Case | None:
    """The case that this one goes on from, if the reader may see that one too."""
    if case.follows_id is None:
        return None
    return Case.objects.visible_to(person).filter(pk=case.follows_id).first()
