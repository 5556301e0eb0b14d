"""`sla.md` part 3, rule by rule, as far as one timer knows them."""

import pytest

from cases.sla.reckoning import RunState, fold
from tests.cases.sla.logs import (
    ALWAYS,
    HOUR,
    NEVER,
    OFFICE_WITHOUT_WEDNESDAY,
    after,
    cancel,
    clock_of,
    on,
    pause,
    recalendar,
    resume,
    start,
    stop,
)


def test_a_target_is_counted_in_opening_hours() -> None:
    assert after(start("Fri 16:00", hours=2)).due_at == on("Mon+1 10:00")


def test_a_target_used_up_at_closing_is_due_at_closing() -> None:
    assert after(start("Tue 09:00", hours=8)).due_at == on("Tue 17:00")


def test_round_the_clock_counts_the_night() -> None:
    assert after(start("Fri 23:30", hours=2, calendar=ALWAYS)).due_at == on("Sat 01:30")


def test_a_timer_on_a_calendar_that_never_opens_has_no_due_time() -> None:
    assert after(start("Tue 09:00", calendar=NEVER)).due_at is None


def test_an_answer_in_the_second_of_the_due_time_is_in_time() -> None:
    assert after(start("Tue 10:00", hours=4), stop("Tue 14:00")).is_met


def test_an_answer_a_second_later_is_late_at_the_due_time() -> None:
    assert after(start("Tue 10:00", hours=4), stop("Tue 14:00:01")).breached_at == on("Tue 14:00")


def test_instants_are_compared_not_working_seconds() -> None:
    """Nothing was open between 17:00 and 20:00, yet the promise was 17:00 (`sla.md` 3.1)."""
    late = after(start("Tue 09:00", hours=8), stop("Tue 20:00"))
    assert (late.breached_at, late.consumed_seconds) == (on("Tue 17:00"), 8 * HOUR)


def test_a_running_timer_is_missed_once_its_second_has_passed() -> None:
    assert not after(start("Tue 10:00", hours=4), until="Tue 14:00").is_missed
    assert after(start("Tue 10:00", hours=4), until="Tue 14:00:01").is_missed


def test_a_missed_timer_measures_until_it_stops_and_then_no_more() -> None:
    """`sla.md` 3.5."""
    late = after(start("Tue 10:00", hours=4), stop("Tue 16:00"), until="Fri 10:00")
    assert late.consumed_seconds == 6 * HOUR


def test_an_ended_timer_keeps_the_due_time_that_held() -> None:
    met = after(start("Tue 10:00", hours=4), stop("Tue 11:00"))
    assert (met.due_at, met.promised_at) == (None, on("Tue 14:00"))


def test_a_second_stop_changes_nothing() -> None:
    once = after(start("Tue 10:00"), stop("Tue 11:00"))
    assert after(start("Tue 10:00"), stop("Tue 11:00"), stop("Tue 15:00")) == once


def test_a_pause_empties_the_due_time_and_keeps_what_was_used() -> None:
    paused = after(start("Tue 10:00", hours=8), pause("Tue 15:00"))
    assert (paused.due_at, paused.consumed_seconds) == (None, 5 * HOUR)


def test_a_resumed_timer_is_due_when_the_rest_is_used_up() -> None:
    resumed = after(start("Tue 10:00", hours=8), pause("Tue 15:00"), resume("Thu 12:00"))
    assert resumed.due_at == on("Thu 15:00")


def test_a_pause_wholly_outside_of_hours_changes_nothing() -> None:
    paused = after(start("Tue 10:00", hours=8), pause("Tue 18:00"), resume("Wed 08:00"))
    assert paused.due_at == on("Wed 10:00")


def test_a_pause_is_not_added_to_the_due_time() -> None:
    """A weekend's pause is no 48 hours late: only opening hours count. (`sla.md` 4.8)"""
    paused = after(start("Fri 15:00", hours=4), pause("Fri 16:00"), resume("Mon+1 09:00"))
    assert paused.due_at == on("Mon+1 12:00")


def test_a_timer_paused_when_it_stops_has_not_counted_the_pause() -> None:
    """Paused straight to resolved is where others report months (`sla.md` 8.1)."""
    met = after(start("Tue 10:00", hours=8), pause("Tue 12:00"), stop("Fri 16:00"))
    assert (met.is_met, met.consumed_seconds) == (True, 2 * HOUR)


def test_a_pause_after_the_due_time_does_not_undo_the_miss() -> None:
    missed = after(start("Tue 10:00", hours=2), pause("Tue 15:00"), resume("Tue 16:00"))
    assert (missed.breached_at, missed.due_at) == (on("Tue 12:00"), on("Tue 12:00"))


def test_a_pause_in_the_second_of_the_start_counts_nothing() -> None:
    paused = after(start("Tue 10:00"), pause("Tue 10:00"))
    assert (paused.state, paused.consumed_seconds) == (RunState.PAUSED, 0)


def test_events_of_one_second_keep_the_order_in_which_they_happened() -> None:
    """The last word is resolved (decision 0041, `sla.md` 3.2)."""
    ended = after(
        start("Tue 10:00"), stop("Tue 11:00"), resume("Tue 12:00", reopens=True), stop("Tue 12:00")
    )
    assert ended.state == RunState.STOPPED


def test_a_resume_does_not_bring_a_stopped_timer_back() -> None:
    assert after(start("Tue 10:00"), stop("Tue 11:00"), resume("Tue 12:00")).is_met


def test_reopening_goes_on_without_the_time_in_between() -> None:
    """`sla.md` 4.9."""
    reopened = after(
        start("Tue 10:00", hours=8), stop("Tue 12:00"), resume("Thu 12:00", reopens=True)
    )
    assert (reopened.due_at, reopened.is_met) == (on("Fri 10:00"), False)


def test_reopening_keeps_the_first_end_for_the_reports() -> None:
    again = after(
        start("Tue 10:00"), stop("Tue 12:00"), resume("Wed 12:00", reopens=True), stop("Wed 13:00")
    )
    assert (again.first_stopped_at, again.stopped_at) == (on("Tue 12:00"), on("Wed 13:00"))


def test_a_miss_stays_a_miss_when_the_case_is_reopened() -> None:
    again = after(start("Tue 10:00", hours=1), stop("Tue 12:00"), resume("Wed 09:00", reopens=True))
    assert (again.breached_at, again.due_at) == (on("Tue 11:00"), on("Tue 11:00"))


def test_a_cancelled_timer_stays_cancelled_and_keeps_its_miss() -> None:
    gone = after(start("Tue 10:00", hours=1), cancel("Tue 12:00"), stop("Tue 13:00"))
    assert (gone.state, gone.breached_at) == (RunState.CANCELLED, on("Tue 11:00"))


def test_a_cancelled_timer_is_never_missed_later() -> None:
    assert not after(start("Tue 10:00", hours=4), cancel("Tue 12:00"), until="Fri 12:00").is_missed


def test_a_late_answer_takes_its_own_place_in_the_log() -> None:
    """The mail queue was down: the answer of 11:00 was recorded after that of 15:00."""
    met = after(start("Tue 10:00", hours=2), stop("Tue 15:00"), stop("Tue 11:00"))
    assert (met.is_met, met.stopped_at) == (True, on("Tue 11:00"))


def test_an_earlier_start_recorded_late_makes_the_promise_due_earlier() -> None:
    assert after(start("Tue 12:00", hours=2), start("Tue 10:00", hours=2)).due_at == on("Tue 12:00")


def test_a_new_edition_plans_only_what_is_left() -> None:
    """Wednesday becomes a holiday on Tuesday at noon: three hours are used and stay used."""
    planned = after(start("Tue 09:00", hours=10), recalendar("Tue 12:00", OFFICE_WITHOUT_WEDNESDAY))
    assert (planned.consumed_seconds, planned.due_at) == (3 * HOUR, on("Thu 11:00"))


def test_a_paused_timer_is_planned_on_the_new_edition_when_it_resumes() -> None:
    resumed = after(
        start("Tue 09:00", hours=10),
        pause("Tue 12:00"),
        recalendar("Tue 13:00", OFFICE_WITHOUT_WEDNESDAY),
        resume("Tue 15:00"),
    )
    assert resumed.due_at == on("Thu 14:00")


def test_a_new_edition_does_not_touch_an_ended_timer() -> None:
    ended = after(start("Tue 09:00"), stop("Tue 12:00"))
    edited = after(
        start("Tue 09:00"), stop("Tue 12:00"), recalendar("Tue 13:00", OFFICE_WITHOUT_WEDNESDAY)
    )
    assert edited == ended


def test_a_new_edition_leaves_a_miss_where_it_was() -> None:
    missed = after(start("Tue 09:00", hours=2), recalendar("Tue 13:00", OFFICE_WITHOUT_WEDNESDAY))
    assert (missed.breached_at, missed.due_at) == (on("Tue 11:00"), on("Tue 11:00"))


def test_a_start_may_bring_a_latest_due_time() -> None:
    """A split takes the due time of the unanswered message along."""
    capped = after(start("Tue 10:00", hours=8, cap="Tue 13:00"))
    assert (capped.due_at, capped.target_seconds) == (on("Tue 13:00"), 3 * HOUR)


def test_a_log_without_a_start_is_no_timer() -> None:
    with pytest.raises(ValueError, match="no start"):
        fold([stop("Tue 10:00")], clock_of)
