"""The one door: nothing else assigns `Case.state`."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases import access, kinds, lifecycle
from cases.lifecycle import ENDED, Facts, Move, State
from cases.models import Case
from cases.sla import clocks
from helpdesk.journal import writing as journal
from helpdesk.people.actors import Actor

ROW = [
    "state",
    "resolved_at",
    "closed_at",
    "version",
    "updated_at",
    "next_due_at",
    "next_due_metric",
    "has_missed",
]


@transaction.atomic
def move(
    case: Case, name: Move, *, by: Actor, reason: str = "", at: datetime | None = None
) -> Case:
    """Move a case along `cases.lifecycle.MOVES`. Raises MoveRefused with a sentence."""
    locked = Case.objects.locked_one(case.pk)
    moment = at or timezone.now()
    move_locked(locked, name, by=by, reason=reason, at=moment)
    locked.version += 1
    locked.updated_at = moment
    locked.save(update_fields=ROW)
    return locked


def move_locked(
    case: Case,
    name: Move,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    into: Case | None = None,
) -> None:
    """Move a case that the caller has locked and will save (`ROW` names the columns).

    `into` is the locked case that goes on when this one is merged: what is owed goes over to it.
    """
    before = case.current_state
    facts = _facts_of(case, reason=reason, at=at, into=into)
    after = lifecycle.decide(before, name, role=access.role_of(by, case), facts=facts)
    case.state = after.value
    _note_ending(case, after, at)
    if after == State.MERGED and into is not None:
        clocks.when_merged(case, into=into, at=at, by=by)
    else:
        clocks.follow_move(case, before=before, after=after, at=at, by=by)
    _tell(case, before, after, by=by, at=at, reason=reason)


def may_still_reopen(case: Case, *, now: datetime) -> bool:
    """Whether an ended case may be opened again (`sla.md` part 4: the reopen window)."""
    ended_at = case.closed_at or case.resolved_at
    return ended_at is None or now - ended_at <= timedelta(days=settings.CASE_REOPEN_DAYS)


def _facts_of(case: Case, *, reason: str, at: datetime, into: Case | None) -> Facts:
    return Facts(
        has_reason=bool(reason.strip()),
        client_is_answered=case.unanswered_since is None and case.first_answered_at is not None,
        may_still_reopen=may_still_reopen(case, now=at),
        has_kept_case=into is not None,
    )


def _note_ending(case: Case, after: State, at: datetime) -> None:
    if after not in ENDED:
        case.resolved_at = case.closed_at = None
        return
    case.resolved_at = case.resolved_at or at
    case.closed_at = at if after == State.CLOSED else None


def _tell(case: Case, before: State, after: State, *, by: Actor, at: datetime, reason: str) -> None:
    journal.write(
        kinds.HELD if after == State.ON_HOLD else kinds.MOVED,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=by,
        at=at,
        data={
            "before": before.value,
            "after": after.value,
            "before_label": before.client_label,
            "after_label": after.client_label,
            "reason": reason.strip(),
        },
    )
