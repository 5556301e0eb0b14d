"""`sla.md` part 4, first row: priority or policy changes."""

from tests.cases.sla.logs import ALWAYS, HOUR, after, on, pause, resume, retarget, start, stop


def test_a_looser_target_keeps_what_was_used() -> None:
    """Four hours, two used; sixteen now: fourteen are left."""
    looser = after(start("Tue 09:00", hours=4), retarget("Tue 11:00", hours=16))
    assert (looser.due_at, looser.consumed_seconds) == (on("Wed 17:00"), 2 * HOUR)


def test_a_tighter_target_never_makes_it_later_than_promised() -> None:
    """Sixteen hours, fifteen used; four now: from here four would be later than promised."""
    tighter = after(start("Mon 09:00", hours=16), retarget("Tue 16:00", hours=4))
    assert tighter.due_at == on("Tue 17:00")


def test_a_tighter_target_is_never_missed_on_the_spot() -> None:
    """Sixteen hours, six used; four now: a full four hours from here (`sla.md` 4.1)."""
    tighter = after(start("Mon 09:00", hours=16), retarget("Mon 15:00", hours=4))
    assert tighter.due_at == on("Tue 11:00")


def test_percentages_are_of_what_was_used_and_what_is_left() -> None:
    tighter = after(start("Mon 09:00", hours=16), retarget("Mon 15:00", hours=4))
    assert tighter.target_seconds == (6 + 4) * HOUR


def test_a_change_to_round_the_clock_counts_from_the_change() -> None:
    critical = after(start("Tue 16:00", hours=8), retarget("Tue 18:00", hours=2, calendar=ALWAYS))
    assert critical.due_at == on("Tue 20:00")


def test_a_change_back_to_office_hours_is_planned_on_them() -> None:
    """One of two hours was used round the clock; seven of eight are left on office hours."""
    lower = after(start("Tue 20:00", hours=2, calendar=ALWAYS), retarget("Tue 21:00", hours=8))
    assert lower.due_at == on("Wed 16:00")


def test_lowering_and_raising_the_priority_again_wins_no_time() -> None:
    there_and_back = after(
        start("Tue 09:00", hours=4), retarget("Tue 10:00", hours=16), retarget("Tue 11:00", hours=4)
    )
    assert there_and_back.due_at == on("Tue 15:00")


def test_pauses_that_were_taken_stay_taken() -> None:
    """Where others forget the pause and count from the creation (`sla.md` 8.2)."""
    state = after(
        start("Tue 09:00", hours=4),
        pause("Tue 10:00"),
        resume("Tue 15:00"),
        retarget("Tue 16:00", hours=8),
    )
    assert (state.consumed_seconds, state.due_at) == (2 * HOUR, on("Wed 14:00"))


def test_a_missed_timer_keeps_its_due_time_and_its_miss() -> None:
    missed = after(start("Tue 09:00", hours=2), retarget("Tue 12:00", hours=16))
    assert (missed.breached_at, missed.due_at) == (on("Tue 11:00"), on("Tue 11:00"))


def test_an_ended_timer_is_not_touched() -> None:
    ended = after(start("Tue 09:00"), stop("Tue 10:00"))
    assert after(start("Tue 09:00"), stop("Tue 10:00"), retarget("Tue 11:00", hours=1)) == ended


def test_a_paused_timer_takes_a_looser_target_when_it_resumes() -> None:
    """`sla.md` 4.2."""
    resumed = after(
        start("Tue 09:00", hours=4),
        pause("Tue 11:00"),
        retarget("Tue 12:00", hours=16),
        resume("Wed 09:00"),
    )
    assert resumed.due_at == on("Thu 15:00")


def test_a_tighter_target_given_in_a_pause_does_not_miss_at_the_resume() -> None:
    """Six of sixteen hours used, four now: four from the resume."""
    resumed = after(
        start("Mon 09:00", hours=16),
        pause("Mon 15:00"),
        retarget("Mon 16:00", hours=4),
        resume("Wed 09:00"),
    )
    assert resumed.due_at == on("Wed 13:00")


def test_only_the_last_target_given_in_a_pause_counts() -> None:
    """Six of sixteen hours used; one hour for a moment, then four: four from the resume."""
    resumed = after(
        start("Mon 09:00", hours=16),
        pause("Mon 15:00"),
        retarget("Mon 16:00", hours=1),
        retarget("Mon 16:30", hours=4),
        resume("Wed 09:00"),
    )
    assert resumed.due_at == on("Wed 13:00")


def test_a_merged_case_brings_its_earlier_due_time() -> None:
    pulled = after(start("Tue 09:00", hours=8), retarget("Tue 10:00", hours=8, cap="Tue 12:00"))
    assert (pulled.due_at, pulled.target_seconds) == (on("Tue 12:00"), 3 * HOUR)


def test_a_merged_case_with_a_later_due_time_changes_nothing() -> None:
    pulled = after(start("Tue 09:00", hours=8), retarget("Tue 10:00", hours=8, cap="Fri 12:00"))
    assert pulled.due_at == on("Tue 17:00")
