"""When a running timer has to be looked at next: warnings by working time, then the miss."""

from datetime import datetime, timedelta

from cases.sla.reckoning.editions import Edition
from cases.sla.reckoning.events import RunState, TimerState

WARNINGS = (50, 75, 90)
BREACH = 100
_SECOND = timedelta(seconds=1)


def next_action_at(state: TimerState, clock: Edition, *, announced: int) -> datetime | None:
    """The instant of the earliest threshold above `announced` percent, or None if none is left.

    A miss is due a second after the due time: an answer within that second is still in time.
    One that happened is due even when the timer has ended since, so that none goes unrecorded.
    """
    if state.breached_at is not None:
        return state.breached_at + _SECOND if announced < BREACH else None
    if state.state != RunState.RUNNING:
        return None
    for percent in WARNINGS:
        if percent > announced:
            return _threshold_at(state, clock, percent)
    return None if state.due_at is None else state.due_at + _SECOND


def thresholds_passed(
    state: TimerState, clock: Edition, *, announced: int, now: datetime
) -> list[int]:
    """The thresholds above `announced` that have passed, lowest first.

    `state` has been looked at `now`. A miss implies every warning before it.
    """
    if state.is_missed:
        return [percent for percent in (*WARNINGS, BREACH) if percent > announced]
    if state.state != RunState.RUNNING:
        return []
    return [
        percent
        for percent in WARNINGS
        if percent > announced and _has_come(_threshold_at(state, clock, percent), now)
    ]


def percent_of(consumed_seconds: int, target_seconds: int) -> int:
    """How much of the target is used, in whole percent, cut; a target of nothing is used up."""
    return consumed_seconds * 100 // target_seconds if target_seconds else 100


def _threshold_at(state: TimerState, clock: Edition, percent: int) -> datetime | None:
    """In working time, never "due minus n minutes", which would warn outside of hours."""
    needed = -(-state.target_seconds * percent // 100)  # rounded up
    return clock.add(state.as_of, max(needed - state.consumed_seconds, 0))


def _has_come(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now
