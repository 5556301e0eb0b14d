"""What a console page shows of one case."""

from django.core.cache import cache
from django.http import Http404
from django.utils import timezone

from cases import access, lifecycle
from cases.console.queues import counted
from cases.models import Case, Characteristic, Participant
from cases.sla.standing import standings_for
from cases.thread.reading import thread_of
from cases.wording import PRIORITIES
from helpdesk.people.models import Person, Team

RECENT_CASES = 5


def case_or_404(person: Person, number: int) -> Case:
    """The case with this number, as far as `person` may see it."""
    try:
        return Case.objects.visible_to(person).for_rows().get(number=number)
    except Case.DoesNotExist as error:
        raise Http404("There is no case with this number.") from error


def page_context(person: Person, case: Case, *, everything: bool = False) -> dict[str, object]:
    """Everything on the page but the composer's form."""
    now = timezone.now()
    role = access.role_of_person(person, case)
    participants = list(case.participants.select_related("person"))
    return {
        "case": case,
        "thread": thread_of(case, reader=person, everything=everything),
        "standing": standings_for([case], now=now).get(case.pk),
        "moves": [
            (move, lifecycle.MOVES[move])
            for move in lifecycle.moves_from(case.current_state, role=role)
        ],
        "participants": participants,
        "is_watching": _is_watching(person, participants),
        "client_cases": _recent_of_client(person, case),
        "colleagues": _colleagues(),
        "teams": _teams(),
        "priorities": PRIORITIES,
        "characteristics": Characteristic.choices,
        "queues": counted(person),
    }


def _is_watching(person: Person, participants: list[Participant]) -> bool:
    return any(
        participant.person_id == person.pk and participant.state == Participant.State.JOINED
        for participant in participants
    )


def _recent_of_client(person: Person, case: Case) -> list[Case]:
    others = Case.objects.visible_to(person).filter(client=case.client).exclude(pk=case.pk)
    return list(others.order_by("-updated_at", "-pk")[:RECENT_CASES])


def _colleagues() -> list[tuple[int, str]]:
    """Our own people for the assignment menu: few, and the same for a while."""
    kept: list[tuple[int, str]] | None = cache.get("console:colleagues")
    if kept is None:
        kept = [(person.pk, person.name) for person in Person.objects.staff()]
        cache.set("console:colleagues", kept, timeout=30)
    return kept


def _teams() -> list[tuple[int, str]]:
    kept: list[tuple[int, str]] | None = cache.get("console:teams")
    if kept is None:
        kept = list(Team.objects.values_list("pk", "name"))
        cache.set("console:teams", kept, timeout=30)
    return kept
