"""When a timer has to be looked at: warnings by working time, then the miss."""

import pytest

from cases.sla.reckoning import Event, next_action_at, percent_of, thresholds_passed
from tests.cases.sla.logs import (
    EDITIONS,
    NEVER,
    OFFICE,
    after,
    cancel,
    on,
    pause,
    retarget,
    start,
    stop,
)

CLOCK = EDITIONS[OFFICE]
EIGHT_HOURS_FROM_NOON = start("Tue 12:00", hours=8)


@pytest.mark.parametrize(
    ("announced", "at"),
    [
        (0, "Tue 16:00"),
        (50, "Wed 10:00"),
        (75, "Wed 11:12"),
        (90, "Wed 12:00:01"),
    ],
)
def test_the_next_look_is_at_the_next_threshold(announced: int, at: str) -> None:
    state = after(EIGHT_HOURS_FROM_NOON)
    assert next_action_at(state, CLOCK, announced=announced) == on(at)


def test_a_threshold_is_rounded_up_to_a_whole_second() -> None:
    """`sla.md` 8.12."""
    state = after(start("Tue 12:00", hours=7 / 3_600))
    assert next_action_at(state, CLOCK, announced=0) == on("Tue 12:00:04")


def test_a_threshold_at_closing_time_is_not_put_off_to_the_morning() -> None:
    state = after(start("Tue 13:00", hours=8))
    assert next_action_at(state, CLOCK, announced=0) == on("Tue 17:00")


@pytest.mark.parametrize("end", [pause("Tue 13:00"), stop("Tue 13:00"), cancel("Tue 13:00")])
def test_nothing_is_due_while_a_timer_does_not_run(end: Event) -> None:
    state = after(EIGHT_HOURS_FROM_NOON, end)
    assert next_action_at(state, CLOCK, announced=0) is None
    assert thresholds_passed(state, CLOCK, announced=0, now=on("Fri 12:00")) == []


def test_a_miss_is_recorded_even_when_the_answer_came_before_the_sweep() -> None:
    state = after(EIGHT_HOURS_FROM_NOON, stop("Thu 12:00"))
    assert next_action_at(state, CLOCK, announced=75) == on("Wed 12:00:01")


def test_a_recorded_miss_needs_no_further_look() -> None:
    state = after(EIGHT_HOURS_FROM_NOON, until="Thu 12:00")
    assert next_action_at(state, CLOCK, announced=100) is None


@pytest.mark.parametrize(
    ("now", "passed"),
    [
        ("Tue 15:59:59", []),
        ("Tue 16:00", [50]),
        ("Wed 11:00", [50, 75]),
        ("Wed 12:00", [50, 75, 90]),
        ("Wed 12:00:01", [50, 75, 90, 100]),
    ],
)
def test_every_threshold_that_has_come_is_passed(now: str, passed: list[int]) -> None:
    state = after(EIGHT_HOURS_FROM_NOON, until=now)
    assert thresholds_passed(state, CLOCK, announced=0, now=on(now)) == passed


def test_what_was_announced_is_not_passed_again() -> None:
    """Past the half of a looser target: 75 % of the old one has been told (`sla.md` part 4)."""
    state = after(EIGHT_HOURS_FROM_NOON, retarget("Wed 10:00", hours=16))
    assert thresholds_passed(state, CLOCK, announced=75, now=on("Thu 10:00")) == []


def test_a_timer_that_is_never_due_has_no_thresholds() -> None:
    state = after(start("Tue 12:00", calendar=NEVER))
    assert next_action_at(state, EDITIONS[NEVER], announced=0) is None
    assert thresholds_passed(state, EDITIONS[NEVER], announced=0, now=on("Fri 12:00")) == []


def test_a_target_of_nothing_is_used_up() -> None:
    assert (percent_of(0, 0), percent_of(1, 3), percent_of(5, 4)) == (100, 33, 125)
