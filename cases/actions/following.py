"""Saying of a case that it goes on from another one."""

from datetime import datetime

from django.db import transaction

from cases import access, kinds
from cases.actions.refusing import Refused
from cases.lifecycle import Role
from cases.models import Case
from helpdesk.journal import writing as journal
from helpdesk.people.actors import Actor


@transaction.atomic
def follow(case: Case, earlier: Case, *, by: Actor, at: datetime) -> Case:
    """Note that `case` goes on from `earlier`, which `by` may see. Raises Refused."""
    locked = Case.objects.locked_one(case.pk)
    if access.role_of(by, locked) == Role.STRANGER:
        raise Refused("You may not change this case.")
    if earlier.pk == locked.pk:
        raise Refused("A case cannot go on from itself.")
    locked.follows = earlier
    locked.version += 1
    locked.updated_at = max(at, locked.updated_at)
    locked.save(update_fields=["follows", "version", "updated_at"])
    journal.write(
        kinds.EDITED,
        subject_kind=kinds.SUBJECT,
        subject_id=locked.pk,
        organisation_id=locked.organisation_id,
        by=by,
        at=at,
        data={"what": f"the case that this one goes on from: {earlier.shown_number}"},
    )
    return locked
