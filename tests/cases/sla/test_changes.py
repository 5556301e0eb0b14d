"""`sla.md` part 4: what happens to promises when things change."""

import pytest

from cases.actions.assigning import assign
from cases.actions.prioritising import change_priority
from cases.models import Case
from cases.sla import clocks, reassessing
from cases.sla.metrics import Metric
from cases.sla.models import SlaEvent, SlaPolicy, SlaTimer
from helpdesk.calendars.models import Calendar
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation, Person
from tests.builders import a_policy
from tests.cases.sla.desk import events, opened, swept, timer, timers, wrote
from tests.cases.sla.logs import HOUR, on


@pytest.fixture(autouse=True)
def promises(everything: SlaPolicy, round_the_clock: Calendar) -> None:
    """Beside `everything` for medium: critical in 2 hours round the clock, low in 16."""
    a_policy("critical", first_response="2 hours", calendar=round_the_clock)
    a_policy("low", first_response="16 hours")


def lowered(case: Case, by: Person, text: str) -> None:
    change_priority(case, "low", by=Actor.of(by), reason="A question only.", at=on(text))


def raised(case: Case, by: Person, text: str) -> None:
    change_priority(
        case, "critical", by=Actor.of(by), characteristics=["hangs"], reason="Now.", at=on(text)
    )


def followed(policy: SlaPolicy, text: str) -> int:
    """The policy was edited at `text`; how many cases were looked at."""
    reassessing.note_edit(policy, by="Root", at=on(text))
    return reassessing.reassess_edited()


def test_a_lower_priority_keeps_what_was_used(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    lowered(case, ada, "Tue 12:00")
    assert timer(case).due_at == on("Thu 10:00")
    assert timer(case).consumed_seconds == 2 * HOUR


def test_the_case_shows_the_new_due_time(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    lowered(case, ada, "Tue 12:00")
    case.refresh_from_db()
    assert case.next_due_at == on("Thu 10:00")


def test_a_case_raised_to_critical_in_the_evening_runs_through_the_night(
    carla: Person, ada: Person
) -> None:
    case = opened(carla, "Tue 16:00")
    raised(case, ada, "Tue 21:00")
    assert timer(case).due_at == on("Tue 23:00")


def test_the_log_keeps_who_changed_the_target_and_why(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    lowered(case, ada, "Tue 12:00")
    change = SlaEvent.objects.get(timer__case=case, kind="retarget")
    assert (change.actor_label, change.why) == ("Ada Lovelace", "The priority is now Low.")


def test_a_metric_that_the_new_priority_does_not_promise_is_cancelled(
    carla: Person, ada: Person
) -> None:
    case = opened(carla, "Tue 10:00")
    lowered(case, ada, "Tue 12:00")
    assert timer(case, Metric.RESOLUTION).state == "cancelled"


def test_a_metric_that_is_promised_anew_starts_at_the_change(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00", priority="low")
    change_priority(case, "medium", by=Actor.of(carla), at=on("Tue 12:00"))
    assert timer(case, Metric.RESOLUTION).started_at == on("Tue 12:00")


def test_lowering_and_raising_again_brings_the_resolution_back(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    lowered(case, ada, "Tue 12:00")
    change_priority(case, "medium", by=Actor.of(carla), at=on("Tue 13:00"))
    assert timer(case, Metric.RESOLUTION, cycle=2).state == "running"


def test_a_missed_promise_is_still_missed_under_a_lower_priority(
    carla: Person, ada: Person
) -> None:
    case = opened(carla, "Tue 10:00")
    swept("Wed 10:00:01")
    lowered(case, ada, "Wed 11:00")
    assert timer(case).breached_at == on("Wed 10:00")


def test_a_given_answer_is_not_judged_again(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Tue 11:00")
    raised(case, ada, "Tue 15:00")
    assert events(case) == ["start", "stop"]


def test_an_unchanged_policy_leaves_no_trace(everything: SlaPolicy, carla: Person) -> None:
    case = opened(carla, "Tue 10:00")
    followed(everything, "Tue 11:00")
    assert events(case) == ["start"]


def test_an_edited_policy_applies_to_open_promises(everything: SlaPolicy, carla: Person) -> None:
    case = opened(carla, "Tue 10:00")
    everything.targets.filter(metric="first_response").update(amount=12)
    followed(everything, "Tue 11:00")
    assert timer(case).due_at == on("Wed 14:00")
    case.refresh_from_db()
    assert case.next_due_at == on("Wed 14:00")


def test_an_edit_is_followed_once(everything: SlaPolicy, carla: Person) -> None:
    opened(carla, "Tue 10:00")
    assert followed(everything, "Tue 11:00") == 1
    assert reassessing.reassess_edited() == 0


def test_a_policy_with_many_cases_is_followed_bit_by_bit(
    everything: SlaPolicy, carla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reassessing, "BATCH", 2)
    for _ in range(3):
        opened(carla, "Tue 10:00")
    everything.targets.filter(metric="first_response").update(amount=12)
    assert followed(everything, "Tue 11:00") == 2
    assert reassessing.reassess_edited() == 1
    first = SlaTimer.objects.filter(metric="first_response")
    assert set(first.values_list("due_at", flat=True)) == {on("Wed 14:00")}


def test_open_cases_come_under_a_new_policy_of_their_own(carla: Person, acme: Organisation) -> None:
    case = opened(carla, "Tue 10:00")
    followed(a_policy("medium", first_response="16 hours", organisation=acme), "Tue 11:00")
    assert timer(case).due_at == on("Thu 10:00")


def test_a_policy_that_is_switched_off_cancels_its_promises_and_keeps_the_misses(
    everything: SlaPolicy, carla: Person
) -> None:
    """`sla.md` 4.7."""
    case = opened(carla, "Tue 10:00")
    swept("Thu 09:00")
    SlaPolicy.objects.filter(pk=everything.pk).update(is_active=False)
    followed(everything, "Thu 10:00")
    assert timers(case) == {("first_response", 1, "cancelled"), ("resolution", 1, "cancelled")}
    assert SlaTimer.objects.missed().get().breached_at == on("Wed 10:00")


def test_another_policy_takes_over_from_one_that_is_switched_off(
    everything: SlaPolicy, carla: Person
) -> None:
    a_policy("medium", first_response="16 hours", name="The general one", position=9)
    case = opened(carla, "Tue 10:00")
    SlaPolicy.objects.filter(pk=everything.pk).update(is_active=False)
    followed(everything, "Tue 11:00")
    assert timer(case).policy.name == "The general one"
    assert timer(case).due_at == on("Thu 10:00")


def test_a_case_of_another_organisation_follows_its_policy(
    carla: Person, globex: Organisation
) -> None:
    a_policy("medium", first_response="4 hours", organisation=globex)
    case = opened(carla, "Tue 10:00")
    case.organisation = globex
    clocks.follow_priority(case, at=on("Tue 11:00"), by=Actor.of(carla), why="Now with Globex.")
    assert timer(case).due_at == on("Tue 15:00")


def test_an_answer_merged_away_is_owed_by_the_earlier_time(carla: Person, ada: Person) -> None:
    older, newer = opened(carla, "Tue 10:00"), opened(carla, "Tue 15:00")
    clocks.when_merged(older, into=newer, at=on("Tue 16:00"), by=Actor.of(ada))
    assert timer(newer).due_at == on("Wed 10:00")
    assert {state for _, _, state in timers(older)} == {"cancelled"}


def test_merging_into_an_answered_case_owes_the_answer_there(carla: Person, ada: Person) -> None:
    answered, asked = opened(carla, "Tue 10:00"), opened(carla, "Tue 15:00")
    wrote(answered, ada, "Tue 11:00")
    answered.refresh_from_db()
    clocks.when_merged(asked, into=answered, at=on("Tue 16:00"), by=Actor.of(ada))
    owed = timer(answered, Metric.NEXT_RESPONSE)
    assert owed.due_at == on("Wed 12:00")


def test_merging_never_wins_time(carla: Person, ada: Person) -> None:
    """Two hours were left on the case that goes: two are left on the one that stays."""
    asked, answered = opened(carla, "Tue 10:00"), opened(carla, "Tue 10:00")
    wrote(answered, ada, "Tue 11:00")
    answered.refresh_from_db()
    clocks.when_merged(asked, into=answered, at=on("Wed 09:00"), by=Actor.of(ada))
    assert timer(answered, Metric.NEXT_RESPONSE).due_at == on("Wed 10:00")


def test_merging_an_answered_case_owes_nothing_more(carla: Person, ada: Person) -> None:
    answered, other = opened(carla, "Tue 10:00"), opened(carla, "Tue 15:00")
    wrote(answered, ada, "Tue 11:00")
    clocks.when_merged(answered, into=other, at=on("Tue 16:00"), by=Actor.of(ada))
    assert timer(other).due_at == on("Wed 15:00")


def split(case: Case, into: Case, by: Person, text: str, **facts: bool) -> None:
    """`into` was just made of messages of `case`: it has no promises of its own yet."""
    SlaTimer.objects.filter(case=into).delete()
    defaults = {"takes_unanswered": True, "is_still_unanswered": False}
    clocks.when_split(case, into=into, at=on(text), by=Actor.of(by), **(defaults | facts))


def test_a_split_takes_the_due_time_of_the_message_along(carla: Person, ada: Person) -> None:
    """`sla.md` 4.12."""
    case, new = opened(carla, "Tue 10:00"), opened(carla, "Tue 15:00")
    split(case, new, ada, "Tue 15:00")
    assert timer(new).due_at == on("Wed 10:00")
    assert timer(new).started_at == on("Tue 15:00")


def test_a_split_owes_nothing_where_nothing_unanswered_stays(carla: Person, ada: Person) -> None:
    case, new = opened(carla, "Tue 10:00"), opened(carla, "Tue 15:00")
    split(case, new, ada, "Tue 15:00")
    assert timer(case).state == "cancelled"
    assert timer(case, Metric.RESOLUTION).state == "running"


def test_a_split_leaves_the_promise_for_what_stays(carla: Person, ada: Person) -> None:
    case, new = opened(carla, "Tue 10:00"), opened(carla, "Tue 15:00")
    split(case, new, ada, "Tue 15:00", is_still_unanswered=True)
    assert [timer(one).due_at for one in (case, new)] == [on("Wed 10:00")] * 2


def test_a_split_of_an_answered_message_starts_afresh(carla: Person, ada: Person) -> None:
    case, new = opened(carla, "Tue 10:00"), opened(carla, "Tue 15:00")
    split(case, new, ada, "Tue 15:00", takes_unanswered=False)
    assert timer(new).due_at == on("Wed 15:00")
    assert timer(case).state == "running"


def test_a_miss_stays_on_the_case_that_was_split(carla: Person, ada: Person) -> None:
    case, new = opened(carla, "Tue 10:00"), opened(carla, "Wed 15:00")
    swept("Wed 10:00:01")
    split(case, new, ada, "Wed 15:00")
    assert timer(case).breached_at == on("Wed 10:00")


def test_a_miss_stays_on_the_case_that_was_merged(carla: Person, ada: Person) -> None:
    case, other = opened(carla, "Tue 10:00"), opened(carla, "Wed 15:00")
    swept("Wed 10:00:01")
    clocks.when_merged(case, into=other, at=on("Wed 15:30"), by=Actor.of(ada))
    assert (timer(case).state, timer(case).breached_at) == ("cancelled", on("Wed 10:00"))


def test_merging_leaves_the_resolution_of_the_survivor(carla: Person, ada: Person) -> None:
    older, newer = opened(carla, "Tue 10:00"), opened(carla, "Tue 15:00")
    before = timer(newer, Metric.RESOLUTION).due_at
    clocks.when_merged(older, into=newer, at=on("Tue 16:00"), by=Actor.of(ada))
    assert timer(newer, Metric.RESOLUTION).due_at == before


def test_giving_a_case_to_somebody_else_changes_no_promise(carla: Person, ada: Person) -> None:
    """`sla.md` 4.13."""
    case = opened(carla, "Tue 10:00")
    assign(case, ada, by=Actor.of(ada), at=on("Tue 12:00"))
    assert events(case) == ["start"]


def test_a_late_message_ends_only_what_ran_at_its_own_time(carla: Person, ada: Person) -> None:
    """Our answer of 11:30 was recorded after the client wrote again at 13:00 (`sla.md` 4.14)."""
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Tue 11:00")
    wrote(case, carla, "Tue 13:00")
    wrote(case, ada, "Tue 11:30")
    assert timer(case, Metric.NEXT_RESPONSE).state == "running"


def test_an_older_message_recorded_late_pulls_the_next_response_forward(
    carla: Person, ada: Person
) -> None:
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Tue 11:00")
    wrote(case, carla, "Tue 13:00")
    wrote(case, carla, "Tue 12:00")
    assert timer(case, Metric.NEXT_RESPONSE).due_at == on("Tue 16:00")


def test_a_message_from_the_future_counts_from_now(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Tue 11:00")
    case.refresh_from_db()
    clocks.follow_message(
        case,
        is_ours=False,
        is_public=True,
        is_automatic=False,
        at=on("Tue 12:00").replace(year=2096),
        by=Actor.of(carla),
    )
    started = timer(case, Metric.NEXT_RESPONSE)
    assert started.started_at.year < 2096


def test_a_message_from_before_the_case_counts_from_its_opening(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Mon 10:00")
    assert timer(case).stopped_at == on("Tue 10:00")
