"""Who may see and do what on a case: pure questions, one place for every surface."""

from django.contrib.auth.models import AnonymousUser

from cases.lifecycle import Role
from cases.models import Case, Participant, Priority
from helpdesk.journal.kinds import Audience
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person

SEVERITY = [Priority.LOW, Priority.MEDIUM, Priority.HIGH, Priority.CRITICAL]


def role_of(actor: Actor, case: Case) -> Role:
    """What `actor` is to this case."""
    if actor == SYSTEM:
        return Role.SYSTEM
    return role_of_person(actor.person, case)


def role_of_person(person: Person | AnonymousUser | None, case: Case) -> Role:
    """What `person` is to this case: everything below rests on this."""
    if not isinstance(person, Person) or not person.is_active:
        return Role.STRANGER
    if person.is_lead:
        return Role.LEAD
    if person.is_staff_member:
        return Role.AGENT
    return Role.CLIENT if _belongs(person, case) else Role.STRANGER


def may_see(person: Person | AnonymousUser, case: Case) -> bool:
    return role_of_person(person, case) != Role.STRANGER


def may_watch(person: Person, case_id: int) -> bool:
    """Whether a live screen of `person` may listen to the case."""
    return Case.objects.visible_to(person).filter(pk=case_id).exists()


def may_reply(person: Person | AnonymousUser, case: Case) -> bool:
    """Whoever sees a case may write on it; replying to an ended one reopens it."""
    return may_see(person, case)


def may_note(person: Person | AnonymousUser) -> bool:
    """Internal notes are written and read by us only."""
    return isinstance(person, Person) and person.is_active and person.is_staff_member


def may_assign(person: Person | AnonymousUser) -> bool:
    return may_note(person)


def may_raise_priority(person: Person | AnonymousUser, case: Case) -> bool:
    return may_see(person, case)


def may_lower_priority(person: Person | AnonymousUser, case: Case) -> bool:
    """The client sets the priority; ours may lower it, with a reason that the client sees."""
    return may_see(person, case)


def is_lower(after: str, *, than: str) -> bool:
    return SEVERITY.index(Priority(after)) < SEVERITY.index(Priority(than))


def audiences_of(person: Person | AnonymousUser) -> frozenset[Audience]:
    """Which journal entries of a visible case `person` may read."""
    if not isinstance(person, Person) or not person.is_staff_member:
        return frozenset({Audience.CLIENT})
    if person.is_lead:
        return frozenset(Audience)
    return frozenset({Audience.CLIENT, Audience.AGENTS})


def _belongs(person: Person, case: Case) -> bool:
    if case.client_id == person.pk:
        return True
    organisation = person.organisation
    if (
        organisation is not None
        and organisation.pk == case.organisation_id
        and (person.role == "client_manager" or organisation.shares_cases)
    ):
        return True
    return Participant.objects.filter(
        case=case, person=person, state=Participant.State.JOINED
    ).exists()
