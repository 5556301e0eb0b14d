"""Who may write and who may publish: pure questions, the same for everything we publish."""

from django.contrib.auth.models import AnonymousUser

from helpdesk.people.models import Person


def may_write(person: Person | AnonymousUser) -> bool:
    """Ours write drafts; a draft is seen by ours only. (docs/decisions/0100)"""
    return isinstance(person, Person) and person.is_active and person.is_staff_member


def may_publish(person: Person | AnonymousUser) -> bool:
    """Leads decide what clients read: they publish, schedule, withdraw and order the tree."""
    return isinstance(person, Person) and person.is_active and person.is_lead
