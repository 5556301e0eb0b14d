"""Who may do what in a chat: pure questions, one place for pages and sockets."""

from django.contrib.auth.models import AnonymousUser

from cases.actions.refusing import Refused
from helpdesk.people.models import Person


def may_enter_inbox(person: Person | AnonymousUser) -> bool:
    """Ours only."""
    return isinstance(person, Person) and person.is_active and person.is_staff_member


def require_ours(person: Person) -> None:
    """Raise Refused for anybody who does not work here."""
    if not may_enter_inbox(person):
        raise Refused(f"{person.name} does not work at this desk, so the chat cannot be theirs.")
