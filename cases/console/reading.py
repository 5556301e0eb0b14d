"""What a console page shows of one case."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import Http404
from django.utils import timezone

from cases import access, lifecycle
from cases.calls.models import Call
from cases.closing.words import forecast_of
from cases.console.defects.forms import AttachForm
from cases.console.forms.composing import PriorityForm
from cases.console.listing import list_context
from cases.console.placing import cards_of
from cases.defects.models import Defect
from cases.escalations.models import Escalation
from cases.lifecycle import State
from cases.mailroom.deliveries import deliveries_of
from cases.models import Case, Characteristic, Participant
from cases.oncall.reading import calls_of
from cases.sla.standing import standings_for
from cases.thread.lines import lines_of
from cases.thread.reading import thread_of
from helpdesk.people.models import Person, Team
from helpdesk.people.requests import PersonRequest

RECENT_CASES = 5
RECENT_CALLS = 3
RECENT_SECONDS = 10
KEPT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class OtherCase:
    """What the page shows of another case of the client."""

    number: int
    shown_number: str
    subject: str
    state: str


def case_or_404(person: Person, number: int) -> Case:
    """The case with this number, as far as `person` may see it."""
    try:
        return Case.objects.visible_to(person).for_rows().get(number=number)
    except Case.DoesNotExist as error:
        raise Http404("There is no case with this number.") from error


def kept_for(person: Person, case: Case) -> Case | None:
    """The case that goes on where this one was merged, as far as `person` may see it."""
    if case.current_state != State.MERGED:
        return None
    return Case.objects.visible_to(person).filter(merged_cases__case=case).first()


def call_or_404(person: Person, uid: str) -> Call:
    """The call with this uid, as far as `person` may see it."""
    call = Call.objects.visible_to(person).for_rows().filter(uid=uid).first()
    if call is None:
        raise Http404("There is no such call.")
    return call


def page_context(request: PersonRequest, case: Case) -> dict[str, Any]:
    """Everything on the page but the composer's form: the queue beside it, the case, its facts."""
    everything = "everything" in request.GET
    beside = list_context(request, request.GET.get("queue", ""), current=case)
    return beside | _case_context(request.user, case, everything=everything)


def live_context(person: Person, case: Case) -> dict[str, Any]:
    """The case and the facts beside it, without the queue."""
    standing = standings_for([case], now=timezone.now()).get(case.pk)
    return _case_context(person, case) | {"standing": standing}


def _case_context(person: Person, case: Case, *, everything: bool = False) -> dict[str, Any]:
    role = access.role_of_person(person, case)
    participants = list(case.participants.select_related("person"))
    thread = thread_of(case, reader=person, everything=everything)
    messages = [moment.message for moment in thread.moments if moment.message]
    return {
        "case": case,
        "thread": thread,
        "lines": lines_of(thread, for_ours=True),
        "deliveries": deliveries_of(messages),
        "places": cards_of(messages, case, participants=_taking_part(participants)),
        "calls": calls_of(case),
        "characteristics": [Characteristic(one).label for one in case.characteristics],
        "moves": [
            (move, lifecycle.MOVES[move].label)
            for move in lifecycle.moves_from(case.current_state, role=role)
        ],
        "forecast": forecast_of(case, reader=person),
        "escalation": _escalation_of(case),
        "participants": participants,
        "is_watching": _is_watching(person, participants),
        "client_cases": _recent_of_client(person, case),
        "scheduled_calls": _calls_of(person, case),
        "defects": list(Defect.objects.visible_to(person).of_case(case)),
        "attach_form": AttachForm(),
        "colleagues": _colleagues(),
        "teams": _teams(),
        "priority_form": PriorityForm(initial={"priority": case.priority}),
    }


def _taking_part(participants: list[Participant]) -> list[int]:
    return [one.person_id for one in participants if one.state == Participant.State.JOINED]


def _is_watching(person: Person, participants: list[Participant]) -> bool:
    return any(
        participant.person_id == person.pk and participant.state == Participant.State.JOINED
        for participant in participants
    )


def _escalation_of(case: Case) -> Escalation | None:
    """What climbs a ladder for this case; only a missed promise can."""
    if not case.has_missed or not case.is_active:
        return None
    running = case.escalations.exclude(state=Escalation.State.ENDED)
    return running.select_related("acknowledged_by").first()


def _recent_of_client(person: Person, case: Case) -> list[OtherCase]:
    """What else the client has with us: kept, since whoever works a case looks at it often."""
    key = f"console:recent:{case.client_id}"
    kept: list[OtherCase] | None = cache.get(key)
    if kept is None:
        theirs = Case.objects.visible_to(person).filter(client=case.client_id)
        newest = theirs.only("number", "subject", "state").order_by("-updated_at", "-pk")
        kept = [
            OtherCase(one.number, one.shown_number, one.subject, one.state)
            for one in newest[: RECENT_CASES + 1]
        ]
        cache.set(key, kept, timeout=RECENT_SECONDS)
    return [other for other in kept if other.number != case.number][:RECENT_CASES]


def _calls_of(person: Person, case: Case) -> list[Call]:
    calls = Call.objects.visible_to(person).filter(case=case).select_related("agent")
    return list(calls.order_by("-starts_at")[:RECENT_CALLS])


def _colleagues() -> list[tuple[int, str]]:
    """Our own people for the assignment menu: few, and the same for a while."""
    kept: list[tuple[int, str]] | None = cache.get("console:colleagues")
    if kept is None:
        kept = [(person.pk, person.name) for person in Person.objects.staff()]
        cache.set("console:colleagues", kept, timeout=KEPT_SECONDS)
    return kept


def _teams() -> list[tuple[int, str]]:
    kept: list[tuple[int, str]] | None = cache.get("console:teams")
    if kept is None:
        kept = list(Team.objects.values_list("pk", "name"))
        cache.set("console:teams", kept, timeout=KEPT_SECONDS)
    return kept
