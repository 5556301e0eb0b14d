"""The one door: nothing else assigns `Defect.state`."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.defects import access, kinds, lifecycle
from cases.defects.actions.holding import held
from cases.defects.campaigns import planning
from cases.defects.lifecycle import Facts, Move, State
from cases.defects.models import Defect
from cases.defects.news import tell
from helpdesk.people.actors import Actor

ROW = ["state", "state_since", "fixed_version", "declined_because", "version", "updated_at"]


@transaction.atomic
def move(
    defect: Defect,
    name: Move,
    *,
    by: Actor,
    seen_version: int | None = None,
    fixed_version: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> Defect:
    """Move a defect along `lifecycle.MOVES`; a planned or released fix makes its campaign.

    `fixed_version` names where the fix is or will be. Raises DefectChanged, Refused, or
    MoveRefused with a sentence.
    """
    locked = held(defect, by=by, seen_version=seen_version)
    move_held(
        locked, name, by=by, at=at or timezone.now(), fixed_version=fixed_version, reason=reason
    )
    locked.save(update_fields=ROW)
    return locked


def move_held(
    defect: Defect,
    name: Move,
    *,
    by: Actor,
    at: datetime,
    fixed_version: str = "",
    reason: str = "",
) -> None:
    """Move a defect that the caller has locked and will save (`ROW` names the columns)."""
    before = defect.current_state
    version = " ".join(fixed_version.split())[:80]
    facts = Facts(
        has_reason=bool(reason.strip()), has_version=bool(version or defect.fixed_version)
    )
    after = lifecycle.decide(before, name, is_ours=access.is_ours(by), facts=facts)
    defect.state = after.value
    defect.fixed_version = version or defect.fixed_version
    defect.declined_because = reason.strip()[:1000] if name == Move.DECLINE else ""
    defect.state_since = defect.updated_at = at
    defect.version += 1
    entry = tell(
        kinds.OF_MOVE[name],
        defect,
        by=by,
        at=at,
        before=before.value,
        after=after.value,
        before_label=before.client_label,
        after_label=after.client_label,
        version=defect.fixed_version,
        reason=reason.strip()[:1000],
        into=defect.merged_into.shown_number if defect.merged_into else "",
    )
    # What was promised before still holds when the fix is merely done.
    if name != Move.FIX and planning.withdraw(defect):
        tell(kinds.CAMPAIGN_WITHDRAWN, defect, by=by, at=at)
    if after in {State.SCHEDULED, State.RELEASED}:
        planning.plan(defect, entry=entry, at=at)
