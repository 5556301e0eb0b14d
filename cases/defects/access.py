"""Who may see and do what with a defect: pure questions, one place for every surface."""

from django.contrib.auth.models import AnonymousUser

from cases.defects.models import Defect
from helpdesk.journal.kinds import Audience
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person


def is_ours(actor: Actor) -> bool:
    """Whether `actor` may change defects: our own people, and the desk itself."""
    return actor == SYSTEM or (
        actor.person is not None and actor.person.is_active and actor.person.is_staff_member
    )


def may_attach(person: Person | AnonymousUser) -> bool:
    """Our own people say what caused a case."""
    return isinstance(person, Person) and person.is_active and person.is_staff_member


def may_watch(person: Person, defect_id: int) -> bool:
    """Whether a live screen of `person` may listen to the defect."""
    return Defect.objects.visible_to(person).filter(pk=defect_id).exists()


def audiences_of(person: Person) -> frozenset[Audience]:
    """Which journal entries of a visible defect `person` may read."""
    if not person.is_staff_member:
        return frozenset({Audience.CLIENT})
    return frozenset(Audience) if person.is_lead else frozenset({Audience.CLIENT, Audience.AGENTS})
