"""From the log of a timer to its state: the events are the truth, this is how they are read.

Every rule is one function. What a rule is for stands in `sla.md`, parts 3 and 4.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from cases.sla.reckoning.events import ClockOf, Event, EventKind, RunState, Terms, TimerState


@dataclass(frozen=True, slots=True)
class Step:
    """An event and the timer right after it."""

    event: Event
    after: TimerState


def fold(
    events: Iterable[Event], clock_of: ClockOf, *, until: datetime | None = None
) -> TimerState:
    """The state of a timer after all its events, and looked at `until` if given.

    Raises `ValueError` for a log without a start.
    """
    steps = history(events, clock_of)
    if not steps:
        raise ValueError("This log has no start, so there is no timer.")
    state = steps[-1].after
    return state if until is None else looked_at(state, until)


def history(events: Iterable[Event], clock_of: ClockOf) -> list[Step]:
    """Every event in the order of its own time, with the timer after it.

    Events that were recorded late take their place; those of the same second keep the order in
    which they were recorded (decision 0041). Nothing before the start counts.
    """
    steps: list[Step] = []
    for event in sorted(events, key=lambda event: event.at):
        if steps:
            before = looked_at(steps[-1].after, event.at)
            steps.append(Step(event, _RULES[event.kind](before, event, clock_of)))
        elif event.kind == EventKind.START:
            steps.append(Step(event, _started(event, clock_of)))
    return steps


def looked_at(state: TimerState, at: datetime) -> TimerState:
    """The timer at a later instant: a due time that has passed is missed, at the due time.

    A stop in the very second of the due time is in time (rule 3.1).
    """
    if state.state != RunState.RUNNING or state.is_missed or state.due_at is None:
        return state
    return replace(state, breached_at=state.due_at) if state.due_at < at else state


def _started(event: Event, clock_of: ClockOf) -> TimerState:
    clock = clock_of(event.calendar)
    due_at = _earliest(clock.add(event.at, event.target_seconds), event.no_later_than)
    target = event.target_seconds if due_at is None else clock.elapsed(event.at, due_at)
    return TimerState(
        state=RunState.RUNNING,
        policy=event.policy,
        calendar=event.calendar,
        target_seconds=target,
        consumed_seconds=0,
        as_of=event.at,
        due_at=due_at,
        started_at=event.at,
    )


def _paused(state: TimerState, event: Event, clock_of: ClockOf) -> TimerState:
    if state.state != RunState.RUNNING:
        return state
    return replace(_counted(state, event.at, clock_of), state=RunState.PAUSED, due_at=None)


def _resumed(state: TimerState, event: Event, clock_of: ClockOf) -> TimerState:
    """Due is `add(resume, target - consumed)`, never the old due and the length of the pause."""
    if state.state == RunState.STOPPED and event.reopens:
        state = replace(state, stopped_at=None, promised_at=None)
    elif state.state != RunState.PAUSED:
        return state
    running = replace(state, state=RunState.RUNNING, as_of=event.at, terms_at_pause=None)
    if state.is_missed:
        return replace(running, due_at=state.breached_at)
    if state.terms_at_pause is None:
        due_at = clock_of(state.calendar).add(event.at, state.remaining_seconds)
        return replace(running, due_at=due_at)
    before = state.terms_at_pause
    left = max(before.target_seconds - state.consumed_seconds, 0)
    old_due_at = clock_of(before.calendar).add(event.at, left)
    return _with_terms(replace(running, due_at=old_due_at), state.target_seconds, clock_of)


def _stopped(state: TimerState, event: Event, clock_of: ClockOf) -> TimerState:
    if not state.is_open:
        return state
    return replace(
        _counted(state, event.at, clock_of),
        state=RunState.STOPPED,
        due_at=None,
        promised_at=state.due_at,
        stopped_at=event.at,
        first_stopped_at=state.first_stopped_at or event.at,
        terms_at_pause=None,
    )


def _cancelled(state: TimerState, event: Event, clock_of: ClockOf) -> TimerState:
    if not state.is_open:
        return state
    return replace(
        _counted(state, event.at, clock_of),
        state=RunState.CANCELLED,
        due_at=None,
        promised_at=state.due_at,
        stopped_at=event.at,
        terms_at_pause=None,
    )


def _retargeted(state: TimerState, event: Event, clock_of: ClockOf) -> TimerState:
    """Finished timers are not touched, and a miss keeps its due time and its terms."""
    if not state.is_open or state.is_missed:
        return state
    if state.state == RunState.PAUSED:
        return replace(
            state,
            policy=event.policy,
            target_seconds=event.target_seconds,
            calendar=event.calendar,
            terms_at_pause=state.terms_at_pause or Terms(state.target_seconds, state.calendar),
        )
    counted = _counted(state, event.at, clock_of)
    retargeted = _with_terms(
        replace(counted, policy=event.policy, calendar=event.calendar),
        event.target_seconds,
        clock_of,
    )
    return _capped(retargeted, event.no_later_than, clock_of)


def _recalendared(state: TimerState, event: Event, clock_of: ClockOf) -> TimerState:
    """What ran before was counted on the old edition and stays; the rest is planned anew."""
    if not state.is_open:
        return state
    if state.state == RunState.PAUSED:
        return replace(state, calendar=event.calendar)
    counted = replace(_counted(state, event.at, clock_of), calendar=event.calendar)
    if state.is_missed:
        return counted
    due_at = clock_of(event.calendar).add(event.at, counted.remaining_seconds)
    return replace(counted, due_at=due_at)


def _noted(state: TimerState, event: Event, clock_of: ClockOf) -> TimerState:
    """A miss was taken back: the events that took it back stand in the log; this tells who."""
    return state


_RULES: dict[EventKind, Callable[[TimerState, Event, ClockOf], TimerState]] = {
    EventKind.START: _noted,
    EventKind.PAUSE: _paused,
    EventKind.RESUME: _resumed,
    EventKind.STOP: _stopped,
    EventKind.RETARGET: _retargeted,
    EventKind.RECALENDAR: _recalendared,
    EventKind.CANCEL: _cancelled,
    EventKind.VOID: _noted,
}


def _counted(state: TimerState, at: datetime, clock_of: ClockOf) -> TimerState:
    """The same timer with what has passed until `at` added up."""
    consumed = state.consumed_at(at, clock_of(state.calendar))
    return replace(state, consumed_seconds=consumed, as_of=at)


def _with_terms(state: TimerState, target_seconds: int, clock_of: ClockOf) -> TimerState:
    """A running timer, counted to now, on a new target: later if that is looser, and if it is
    tighter never later than promised, nor missed on the spot (`sla.md` part 4, first row)."""
    clock = clock_of(state.calendar)
    due_at = clock.add(state.as_of, max(target_seconds - state.consumed_seconds, 0))
    if _is_sooner(due_at, than=state.due_at):
        due_at = _earliest(state.due_at, clock.add(state.as_of, target_seconds))
    return _due(state, due_at, target_seconds, clock_of)


def _capped(state: TimerState, no_later_than: datetime | None, clock_of: ClockOf) -> TimerState:
    if no_later_than is None:
        return state
    return _due(state, _earliest(state.due_at, no_later_than), state.target_seconds, clock_of)


def _due(
    state: TimerState, due_at: datetime | None, target_seconds: int, clock_of: ClockOf
) -> TimerState:
    """Percentages are from now on of what was used and what is left until `due_at`."""
    if due_at is None:
        return replace(state, due_at=None, target_seconds=target_seconds)
    left = clock_of(state.calendar).elapsed(state.as_of, due_at)
    return replace(state, due_at=due_at, target_seconds=state.consumed_seconds + left)


def _earliest(*instants: datetime | None) -> datetime | None:
    """The earliest; None stands for never."""
    return min((instant for instant in instants if instant is not None), default=None)


def _is_sooner(instant: datetime | None, *, than: datetime | None) -> bool:
    if instant is None or than is None:
        return instant is not None
    return instant < than
