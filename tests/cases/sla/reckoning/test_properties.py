"""What holds for every log, however its events lie."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.sla.reckoning import (
    BREACH,
    Event,
    EventKind,
    RunState,
    TimerState,
    fold,
    history,
    looked_at,
    next_action_at,
    thresholds_passed,
)
from tests.cases.sla.any_log import BEGIN, CALENDARS, INSTANTS, TARGETS, TWO_WEEKS, logs
from tests.cases.sla.logs import ALWAYS, EDITIONS, OFFICE, clock_of


@given(logs().flatmap(lambda log: st.tuples(st.just(log), st.permutations(log))))
def test_the_order_of_recording_does_not_matter(pair: tuple[list[Event], list[Event]]) -> None:
    log, shuffled = pair
    assert fold(shuffled, clock_of) == fold(log, clock_of)


@given(logs(), INSTANTS)
def test_used_time_never_shrinks_nor_outruns_the_calendar(log: list[Event], now: datetime) -> None:
    used = [step.after.consumed_seconds for step in history(log, clock_of)]
    assert used == sorted(used)
    assert used[-1] <= TWO_WEEKS


@given(logs())
def test_only_a_running_timer_is_due(log: list[Event]) -> None:
    for step in history(log, clock_of):
        is_running = step.after.state == RunState.RUNNING
        assert (step.after.due_at is not None) == is_running


@given(logs())
def test_a_miss_is_for_ever(log: list[Event]) -> None:
    breaches = [step.after.breached_at for step in history(log, clock_of)]
    misses = [breach for breach in breaches if breach is not None]
    assert breaches[len(breaches) - len(misses) :] == misses
    assert len(set(misses)) <= 1


@given(logs())
def test_a_timer_is_met_exactly_when_it_stops_by_its_due_time(log: list[Event]) -> None:
    state = fold(log, clock_of)
    ended_in_time = (
        state.promised_at is None
        or state.stopped_at is None
        or state.stopped_at <= state.promised_at
    )
    assert state.is_missed or ended_in_time


@given(logs(), TARGETS, CALENDARS, INSTANTS)
def test_a_changed_target_never_misses_on_the_spot(
    log: list[Event], target: int, calendar: int, at: datetime
) -> None:
    before = fold([event for event in log if event.at < at], clock_of, until=at)
    change = Event(kind=EventKind.RETARGET, at=at, target_seconds=target, calendar=calendar)
    after = fold([*(event for event in log if event.at < at), change], clock_of)
    assert after.is_missed == before.is_missed
    assert _is_later_only_by_a_looser_target(before, after, target, at)


def _is_later_only_by_a_looser_target(
    before: TimerState, after: TimerState, target: int, at: datetime
) -> bool:
    if before.due_at is None or after.due_at is None or after.due_at <= before.due_at:
        return True
    clock = EDITIONS[after.calendar]
    left = max(target - before.consumed_at(at, EDITIONS[before.calendar]), 0)
    return after.due_at == clock.add(at, left)


@given(logs(), INSTANTS)
def test_after_telling_what_has_passed_the_next_look_is_ahead(
    log: list[Event], now: datetime
) -> None:
    state = looked_at(fold([event for event in log if event.at <= now], clock_of), now)
    clock = EDITIONS[state.calendar]
    passed = thresholds_passed(state, clock, announced=0, now=now)
    following = next_action_at(state, clock, announced=max([0, *passed]))
    assert following is None or following > now
    assert (BREACH in passed) == state.is_missed


@pytest.mark.parametrize("calendar", [OFFICE, ALWAYS])
@given(TARGETS, INSTANTS)
def test_a_pause_moves_the_due_time_by_the_working_time_of_the_pause(
    calendar: int, target: int, resumed_at: datetime
) -> None:
    clock = EDITIONS[calendar]
    start = Event(kind=EventKind.START, at=BEGIN, target_seconds=target, calendar=calendar)
    pause = Event(kind=EventKind.PAUSE, at=BEGIN)
    resume = Event(kind=EventKind.RESUME, at=resumed_at)
    due_at = fold([start, pause, resume], clock_of).due_at
    assert due_at == clock.add(resumed_at, target)
