"""Joining a group, asking to, being let in or not, leaving."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.community import kinds
from knowledgebase.community.actions.noting import note
from knowledgebase.community.models import Following, Group, Membership

State = Membership.State


@transaction.atomic
def join(group: Group, person: Person, *, by: Actor, at: datetime) -> Membership:
    """Join an open group at once; of a private one ask to be let in. Asking again changes nothing.

    Who was refused is not told so and stays refused.
    """
    group = _locked(group)
    own = group.memberships.filter(person=person).first()
    if own is not None and own.state != State.LEFT:
        return own
    own = own or Membership(group=group, person=person, handle=_free_handle(group, person))
    own.state = State.JOINED if group.is_open or person.is_staff_member else State.ASKED
    own.save()
    kind = kinds.JOINED if own.state == State.JOINED else kinds.ASKED
    note(group, kind, by=by, at=at, person=person.name)
    return own


@transaction.atomic
def let_in(membership: Membership, *, by: Actor, at: datetime) -> None:
    """Let somebody in who asked."""
    _answer(membership, State.JOINED)
    note(membership.group, kinds.JOINED, by=by, at=at, person=membership.person.name)


@transaction.atomic
def refuse(membership: Membership, *, by: Actor) -> None:
    """Do not let somebody in who asked."""
    _answer(membership, State.REFUSED)


@transaction.atomic
def leave(group: Group, person: Person, *, by: Actor, at: datetime) -> None:
    """Leave a group, or take back having asked; no more mail comes of it."""
    joined = group.memberships.filter(person=person, state__in=[State.JOINED, State.ASKED])
    if joined.update(state=State.LEFT, wants_mail=False):
        Following.objects.filter(topic__group=group, person=person).update(gets_mail=False)
        note(group, kinds.LEFT, by=by, at=at, person=person.name)


def _answer(membership: Membership, state: str) -> None:
    asked = Membership.objects.filter(pk=membership.pk, state__in=[State.ASKED, State.REFUSED])
    asked.update(state=state)


def _locked(group: Group) -> Group:
    """Handles are given out one after the other."""
    return Group.objects.select_for_update(of=("self",)).get(pk=group.pk)


def _free_handle(group: Group, person: Person) -> str:
    """`carla-rossi`, or with a number where somebody has it already: never an address."""
    name = person.full_name or "member"
    wanted = slugify(name)[:70] or "member"
    taken = set(
        group.memberships.filter(handle__startswith=wanted).values_list("handle", flat=True)
    )
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (wanted, *numbered) if one not in taken)
