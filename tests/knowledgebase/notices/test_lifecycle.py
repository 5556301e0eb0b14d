"""What comes next by itself, and what a notice may become."""

from dataclasses import replace

import pytest

from knowledgebase.notices.lifecycle import (
    ENDED,
    MOVES,
    Due,
    MoveRefused,
    Plan,
    State,
    Step,
    decide,
    next_step,
)
from tests.knowledgebase.notices.board import HOUR, NOW

PLAN = Plan(
    state=State.SCHEDULED,
    starts_at=NOW + 2 * HOUR,
    ends_at=NOW + 4 * HOUR,
    remind_at=NOW + HOUR,
    runs_by_itself=True,
)


def test_subscribers_are_reminded_before_it_starts() -> None:
    assert next_step(PLAN) == Due(Step.REMIND, NOW + HOUR)


def test_it_starts_at_its_time_once_nobody_is_to_be_reminded() -> None:
    assert next_step(replace(PLAN, remind_at=None)) == Due(Step.START, NOW + 2 * HOUR)


def test_a_reminder_after_the_start_is_none() -> None:
    late = replace(PLAN, remind_at=NOW + 3 * HOUR)
    assert next_step(late) == Due(Step.START, NOW + 2 * HOUR)


def test_what_runs_is_completed_at_its_end() -> None:
    assert next_step(replace(PLAN, state=State.RUNNING)) == Due(Step.COMPLETE, NOW + 4 * HOUR)


@pytest.mark.parametrize("state", [State.SCHEDULED, State.RUNNING])
def test_what_is_run_by_hand_waits_for_a_hand(state: State) -> None:
    assert next_step(replace(PLAN, state=state, remind_at=None, runs_by_itself=False)) is None


@pytest.mark.parametrize("state", sorted(ENDED))
def test_nothing_comes_after_the_end(state: State) -> None:
    assert next_step(replace(PLAN, state=state)) is None


@pytest.mark.parametrize(
    ("before", "after"), [(before, after) for before in State for after in MOVES[before]]
)
def test_a_notice_goes_where_the_table_says(before: State, after: State) -> None:
    assert decide(before, after) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [(a, b) for a in State for b in State if a != b and b not in MOVES[a]],
)
def test_a_notice_goes_nowhere_else(before: State, after: State) -> None:
    with pytest.raises(MoveRefused, match="Nothing was changed"):
        decide(before, after)
