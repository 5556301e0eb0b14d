"""Timers with their logs: read together, added to, folded, written back together."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now

from cases.sla.editions import edition_of
from cases.sla.models import SlaEvent, SlaNotice, SlaTimer
from cases.sla.plans import Plan
from cases.sla.reckoning import (
    WARNINGS,
    EventKind,
    TimerState,
    fold,
    looked_at,
    next_action_at,
)
from helpdesk.people.actors import Actor

CACHED = [
    "policy",
    "calendar_version",
    "target_seconds",
    "consumed_seconds",
    "as_of",
    "due_at",
    "next_action_at",
    "announced_percent",
    "state",
    "started_at",
    "stopped_at",
    "first_stopped_at",
    "promised_at",
    "breached_at",
    "sweep_error",
]
_SECOND = timedelta(seconds=1)


@dataclass(slots=True)
class Clock:
    """A timer in hand: its row, its log with what was added, and what the log says."""

    row: SlaTimer
    log: list[SlaEvent]
    state: TimerState
    added: list[SlaEvent] = field(default_factory=list)

    @classmethod
    def read(cls, log: list[SlaEvent]) -> "Clock":
        """A stored timer from its log; the state knows the recorded miss."""
        row = log[0].timer
        return cls(row, log, _folded(row, log))

    @property
    def metric(self) -> str:
        return self.row.metric

    @property
    def is_open(self) -> bool:
        return self.state.is_open

    @property
    def terms(self) -> SlaEvent:
        """The event that last gave the timer its target and calendar."""
        return [e for e in self.log if e.kind in {EventKind.START, EventKind.RETARGET}][-1]

    def note(self, kind: EventKind, *, at: datetime, by: Actor, **payload: Any) -> None:
        """Add an event at its own time; the state follows."""
        event = SlaEvent(
            timer=self.row,
            kind=kind,
            occurred_at=at,
            actor_label=by.label[:200],
            payload=payload,
        )
        self.log.append(event)
        self.added.append(event)
        self.state = _folded(self.row, self.log)


def clock_of_plan(
    plan: Plan,
    *,
    case_id: int,
    cycle: int,
    at: datetime,
    by: Actor,
    no_later_than: datetime | None = None,
    **payload: Any,
) -> Clock:
    """A timer that starts at `at`, not yet stored."""
    row = SlaTimer(case_id=case_id, metric=plan.metric, cycle=cycle, policy_id=plan.policy_id)
    start = SlaEvent(
        timer=row,
        kind=EventKind.START,
        occurred_at=at,
        actor_label=by.label[:200],
        payload=terms_payload(plan, no_later_than=no_later_than, **payload),
    )
    return Clock(row, [start], fold([start.as_event()], edition_of), [start])


def terms_payload(
    plan: Plan, *, no_later_than: datetime | None = None, **payload: Any
) -> dict[str, Any]:
    """What a start or a retarget keeps of the plan it came from, for ever."""
    if no_later_than is not None:
        payload["no_later_than"] = no_later_than.isoformat()
    return {
        "policy": plan.policy_id,
        "policy_name": plan.policy_name,
        "target_seconds": plan.target_seconds,
        "target_words": plan.target_words,
        "calendar": plan.calendar_id,
        "calendar_version": plan.calendar_version_id,
        **payload,
    }


def logs_in(events: QuerySet[SlaEvent]) -> list[list[SlaEvent]]:
    """These events by timer, oldest timer first, with timers and policies, in one query."""
    found = events.select_related("timer__policy").order_by("timer_id", "pk")
    return [list(log) for _, log in groupby(found, key=lambda event: event.timer_id)]


def write(clocks: Collection[Clock], *, by: Actor, at: datetime, why: str) -> None:
    """Store timers and added events in two statements; take back misses that are none any more.

    The caller holds the lock on the cases and is in their transaction.
    """
    for clock in clocks:
        if clock.row.breached_at is not None and not clock.state.is_missed:
            _take_back_miss(clock, by=by, at=at, why=why)
    for clock in clocks:
        refresh(clock)
    SlaTimer.objects.bulk_create(
        [clock.row for clock in clocks],
        update_conflicts=True,
        unique_fields=["case", "metric", "cycle"],
        update_fields=CACHED,
    )
    SlaEvent.objects.bulk_create(_added(clocks))


def refresh(clock: Clock) -> None:
    """Bring the columns of the row to what the log says."""
    row, state = clock.row, clock.state
    if state.policy is not None:
        row.policy_id = state.policy
    row.calendar_version_id = state.calendar
    row.target_seconds = state.target_seconds
    row.consumed_seconds = state.consumed_seconds
    row.as_of = state.as_of
    row.due_at = state.due_at
    row.state = state.state
    row.started_at = state.started_at
    row.stopped_at = state.stopped_at
    row.first_stopped_at = state.first_stopped_at
    row.promised_at = state.promised_at
    row.breached_at = state.breached_at
    row.sweep_error = ""
    row.next_action_at = next_action_at(
        state, edition_of(state.calendar), announced=row.announced_percent
    )


def _folded(row: SlaTimer, log: Iterable[SlaEvent]) -> TimerState:
    """A miss that was recorded is seen again, unless the log now says that it was none."""
    state = fold([event.as_event() for event in log], edition_of)
    return state if row.breached_at is None else looked_at(state, row.breached_at + _SECOND)


def _take_back_miss(clock: Clock, *, by: Actor, at: datetime, why: str) -> None:
    """Keep the notice of a miss that was none, marked; the timer may be missed again later."""
    clock.note(EventKind.VOID, at=at, by=by, why=why)
    clock.row.announced_percent = min(clock.row.announced_percent, WARNINGS[-1])
    SlaNotice.objects.filter(timer=clock.row, kind=SlaNotice.Kind.BREACH, voided_at=None).update(
        voided_at=Now(), voided_by=by.label[:200], voided_why=why[:500]
    )


def _added(clocks: Collection[Clock]) -> list[SlaEvent]:
    added = [event for clock in clocks for event in clock.added]
    for clock in clocks:
        clock.added = []
    return added
