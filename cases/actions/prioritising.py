"""Changing the priority: clients set it, we may lower it with a reason that they see."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import access, kinds
from cases.actions import moving
from cases.actions.refusing import Refused, require_going_on
from cases.lifecycle import Role
from cases.models import Case, Characteristic, Priority
from cases.sla import clocks
from helpdesk.journal import writing as journal
from helpdesk.people.actors import Actor


@transaction.atomic
def change_priority(
    case: Case,
    to: str,
    *,
    by: Actor,
    reason: str = "",
    characteristics: Collection[str] = (),
    at: datetime | None = None,
) -> Case:
    """Set the priority; the promises follow at once (`sla.md` part 4).

    Ours need a reason to lower it; critical needs one of its characteristics. Raises Refused
    with a sentence.
    """
    locked = Case.objects.locked_one(case.pk)
    if locked.priority == to:
        return locked
    _check(locked, to, by=by, reason=reason, characteristics=characteristics)
    moment = at or timezone.now()
    before = Priority(locked.priority)
    locked.priority = to
    locked.characteristics = list(characteristics) if to == Priority.CRITICAL else []
    clocks.follow_priority(locked, at=moment, by=by)
    locked.version += 1
    locked.updated_at = max(moment, locked.updated_at)
    locked.save(update_fields=[*moving.ROW, "priority", "characteristics"])
    journal.write(
        kinds.PRIORITISED,
        subject_kind=kinds.SUBJECT,
        subject_id=locked.pk,
        organisation_id=locked.organisation_id,
        by=by,
        at=moment,
        data={
            "before": before.value,
            "after": to,
            "before_label": before.label,
            "after_label": Priority(to).label,
            "reason": reason.strip(),
        },
    )
    return locked


def _check(
    case: Case, to: str, *, by: Actor, reason: str, characteristics: Collection[str]
) -> None:
    role = access.role_of(by, case)
    if role == Role.STRANGER:
        raise Refused("You may not change this case.")
    require_going_on(case)
    if to not in Priority.values:
        raise Refused("Choose one of the four priorities.")
    lowers = access.is_lower(to, than=case.priority)
    if lowers and role in {Role.AGENT, Role.LEAD} and not reason.strip():
        raise Refused("Say why you lower the priority: the client will read it.")
    if to == Priority.CRITICAL and not set(characteristics) & set(Characteristic.values):
        raise Refused("Say which of the three characteristics makes this case critical.")
