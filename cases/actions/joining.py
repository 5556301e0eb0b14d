"""Who takes part in a case beside its client: colleagues in copy, watching agents."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import access, kinds
from cases.actions.refusing import Refused, require_going_on
from cases.lifecycle import Role
from cases.models import Case, Participant
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person


@transaction.atomic
def join(case: Case, person: Person, *, by: Actor, at: datetime | None = None) -> Participant:
    """Let `person` follow the case: they may see it and are told of what happens.

    Ours may let in anybody and may watch; a client may let in colleagues of the same
    organisation only. Raises Refused with a sentence.
    """
    locked = Case.objects.locked_one(case.pk)
    _require_may_admit(locked, person, by=by)
    require_going_on(locked)
    participant, made = Participant.objects.get_or_create(
        case=locked, person=person, defaults={"state": Participant.State.JOINED}
    )
    if not made and participant.state == Participant.State.JOINED:
        return participant
    participant.state = Participant.State.JOINED
    participant.save(update_fields=["state"])
    _tell(_joined(person), locked, person, by=by, at=at)
    return participant


@transaction.atomic
def propose(
    case: Case, person: Person, *, why: str, by: Actor, at: datetime | None = None
) -> Participant:
    """Note that `person` was in copy. Until one of ours agrees they see and receive nothing."""
    locked = Case.objects.locked_one(case.pk)
    participant, made = Participant.objects.get_or_create(
        case=locked,
        person=person,
        defaults={"state": Participant.State.PROPOSED, "why": why[:200]},
    )
    if made:
        _tell(kinds.PROPOSED, locked, person, by=by, at=at)
    return participant


@transaction.atomic
def leave(case: Case, person: Person, *, by: Actor, at: datetime | None = None) -> None:
    """End somebody's part in the case, or decline a proposed one. Raises Refused."""
    locked = Case.objects.locked_one(case.pk)
    if by.person != person and access.role_of(by, locked) == Role.STRANGER:
        raise Refused("You may not change who takes part in this case.")
    participant = Participant.objects.filter(case=locked, person=person).first()
    if participant is None or participant.state == Participant.State.DECLINED:
        return
    was_joined = participant.state == Participant.State.JOINED
    participant.state = Participant.State.DECLINED
    participant.save(update_fields=["state"])
    if was_joined:
        _tell(_left(person), locked, person, by=by, at=at)


def _require_may_admit(case: Case, person: Person, *, by: Actor) -> None:
    role = access.role_of(by, case)
    if role in {Role.AGENT, Role.LEAD, Role.SYSTEM}:
        return
    is_colleague = person.organisation_id == case.organisation_id is not None
    if role == Role.CLIENT and is_colleague:
        return
    raise Refused("You may let in colleagues of your own organisation. Ask us for anybody else.")


def _joined(person: Person) -> Kind:
    """A client is not told which of our people look on."""
    return kinds.WATCHED if person.is_staff_member else kinds.JOINED


def _left(person: Person) -> Kind:
    return kinds.UNWATCHED if person.is_staff_member else kinds.LEFT


def _tell(kind: Kind, case: Case, person: Person, *, by: Actor, at: datetime | None) -> None:
    journal.write(
        kind,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=by,
        at=at or timezone.now(),
        data={"person": person.name, "person_id": person.pk},
    )
