"""Who works on a case."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import access, kinds
from cases.actions import moving
from cases.actions.refusing import Refused, require_going_on
from cases.lifecycle import Move, Role, State
from cases.models import Case
from helpdesk.journal import writing as journal
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person, Team


@transaction.atomic
def assign(case: Case, to: Person | None, *, by: Actor, at: datetime | None = None) -> Case:
    """Give a case to one of ours, or to nobody. Raises Refused with a sentence."""
    if to is not None and not (to.is_active and to.is_staff_member):
        raise Refused(f"{to.name} does not work at this desk, so the case cannot be theirs.")
    locked = _locked_for_us(case, by=by)
    moment = at or timezone.now()
    if locked.assignee_id == (to.pk if to else None):
        return locked
    locked.assignee = to
    if to is not None and locked.current_state == State.NEW:
        moving.move_locked(locked, Move.TAKE_UP, by=by, at=moment)
    _record(
        locked,
        by=by,
        at=moment,
        data={"to": to.name if to else "nobody", "assignee": to.pk if to else None},
    )
    return locked


@transaction.atomic
def assign_team(case: Case, to: Team | None, *, by: Actor, at: datetime | None = None) -> Case:
    """Move a case to a team's queue, or out of every team. Raises Refused with a sentence."""
    locked = _locked_for_us(case, by=by)
    if locked.team_id == (to.pk if to else None):
        return locked
    locked.team = to
    _record(
        locked,
        by=by,
        at=at or timezone.now(),
        data={"to": to.name if to else "no team", "team": to.pk if to else None},
    )
    return locked


def _locked_for_us(case: Case, *, by: Actor) -> Case:
    locked = Case.objects.locked_one(case.pk)
    if access.role_of(by, locked) not in {Role.AGENT, Role.LEAD, Role.SYSTEM}:
        raise Refused("Only our own people assign cases.")
    require_going_on(locked)
    return locked


def _record(case: Case, *, by: Actor, at: datetime, data: dict[str, object]) -> None:
    case.version += 1
    case.updated_at = max(at, case.updated_at)
    case.save(update_fields=[*moving.ROW, "assignee", "team"])
    journal.write(
        kinds.ASSIGNED,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=by,
        at=at,
        data=data,
    )
