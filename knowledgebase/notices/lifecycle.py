"""The states of a notice and what comes next by itself. Pure: time is an argument."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import IntegerChoices, TextChoices


class Kind(TextChoices):
    """What a notice is about."""

    MAINTENANCE = "maintenance", "Scheduled maintenance"
    INCIDENT = "incident", "Incident"
    DEFECT = "defect", "Severe defect"
    HOURS = "hours", "Changed hours"


class State(TextChoices):
    """Where a notice stands. What was planned has the first four, what was not the others."""

    SCHEDULED = "scheduled", "Scheduled"
    RUNNING = "running", "Under way"
    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"
    INVESTIGATING = "investigating", "Investigating"
    IDENTIFIED = "identified", "Cause known"
    MONITORING = "monitoring", "Mended, being watched"
    RESOLVED = "resolved", "Resolved"


class Impact(IntegerChoices):
    """How much of the product is affected, the worst last."""

    NONE = 0, "No interruption"
    DEGRADED = 1, "Slow or limited"
    PARTIAL = 2, "Partly unavailable"
    OUTAGE = 3, "Unavailable"


class Step(TextChoices):
    """What a sweep does to a notice whose time has come."""

    REMIND = "remind"
    START = "start"
    COMPLETE = "complete"


PLANNED_KINDS = frozenset({Kind.MAINTENANCE, Kind.HOURS})
ENDED = frozenset({State.COMPLETED, State.CANCELLED, State.RESOLVED})
_UNPLANNED = (State.INVESTIGATING, State.IDENTIFIED, State.MONITORING, State.RESOLVED)

MOVES: Mapping[State, tuple[State, ...]] = {
    State.SCHEDULED: (State.RUNNING, State.CANCELLED),
    State.RUNNING: (State.COMPLETED,),
    State.COMPLETED: (),
    State.CANCELLED: (),
    State.INVESTIGATING: _UNPLANNED,
    State.IDENTIFIED: _UNPLANNED,
    State.MONITORING: _UNPLANNED,
    # What comes back is the same incident; it keeps its page and its subscribers.
    State.RESOLVED: (State.INVESTIGATING,),
}


class MoveRefused(Exception):
    """The notice does not go from its state to that one; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What decides when a notice moves by itself."""

    state: State
    starts_at: datetime
    ends_at: datetime | None
    remind_at: datetime | None
    runs_by_itself: bool


@dataclass(frozen=True, slots=True)
class Due:
    """The next step of a notice, and when."""

    step: Step
    at: datetime


def first_state(kind: Kind) -> State:
    """The state in which a notice of `kind` begins."""
    return State.SCHEDULED if kind in PLANNED_KINDS else State.INVESTIGATING


def end_state(kind: Kind) -> State:
    """The state in which a notice of `kind` ends well."""
    return State.COMPLETED if kind in PLANNED_KINDS else State.RESOLVED


def choices_from(state: State) -> tuple[State, ...]:
    """The states to which a notice may be moved, without the one it is in."""
    return tuple(one for one in MOVES[state] if one != state)


def decide(before: State, after: State) -> State:
    """Return `after`, to which a notice may go or in which it stays. Raises MoveRefused."""
    if after != before and after not in MOVES[before]:
        raise MoveRefused(
            f"A notice that is “{before.label}” cannot become “{after.label}”. Nothing was changed."
        )
    return after


def next_step(plan: Plan) -> Due | None:
    """What comes next without anybody doing it; None when nothing does.

    A reminder that is overdue gives way to a start that is due too: nobody is reminded of what
    has begun.
    """
    if plan.state == State.SCHEDULED:
        if plan.remind_at is not None and plan.remind_at < plan.starts_at:
            return Due(Step.REMIND, plan.remind_at)
        return Due(Step.START, plan.starts_at) if plan.runs_by_itself else None
    if plan.state == State.RUNNING and plan.runs_by_itself and plan.ends_at is not None:
        return Due(Step.COMPLETE, plan.ends_at)
    return None
