"""`sla.md` part 3, metric by metric, through the ordinary actions."""

import pytest

from cases.lifecycle import Move
from cases.models import Case
from cases.sla import clocks
from cases.sla.metrics import Metric
from cases.sla.models import SlaPolicy, SlaTimer
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message, a_note, a_policy
from tests.cases.sla.desk import events, moved, opened, timer, timers, wrote
from tests.cases.sla.logs import on

pytestmark = pytest.mark.usefixtures("everything")


def fresh(case: Case) -> Case:
    case.refresh_from_db()
    return case


def test_a_new_case_starts_first_response_and_resolution(carla: Person) -> None:
    case = opened(carla, "Tue 10:00")
    assert timers(case) == {("first_response", 1, "running"), ("resolution", 1, "running")}


def test_the_case_shows_its_earliest_due_time(carla: Person) -> None:
    """`sla.md` 8.8."""
    case = fresh(opened(carla, "Tue 10:00"))
    assert (case.next_due_at, case.next_due_metric) == (on("Wed 10:00"), "first_response")


def test_our_first_public_message_is_the_first_response(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Tue 11:30")
    met = timer(case)
    assert (met.state, met.stopped_at, met.breached_at) == ("stopped", on("Tue 11:30"), None)
    assert (met.promised_at, met.consumed_seconds) == (on("Wed 10:00"), 5_400)


def test_an_internal_note_answers_nobody(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    a_note(case, by=ada, at=on("Tue 11:00"))
    assert timer(case).state == "running"


def test_an_automatic_message_answers_nobody(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    clocks.follow_message(
        case,
        is_ours=True,
        is_public=True,
        is_automatic=True,
        at=on("Tue 10:01"),
        by=Actor.of(ada),
    )
    assert timer(case).state == "running"


def test_resolving_counts_as_a_first_response(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    moved(case, Move.RESOLVE, ada, "Tue 12:00")
    assert timers(case) == {("first_response", 1, "stopped"), ("resolution", 1, "stopped")}


def test_the_client_who_closes_their_case_stops_its_clocks(carla: Person) -> None:
    case = opened(carla, "Tue 10:00")
    moved(case, Move.CLOSE, carla, "Tue 12:00")
    assert fresh(case).next_due_at is None


def test_a_further_message_of_the_client_does_not_restart_the_first_response(
    carla: Person,
) -> None:
    """`sla.md` 8.6."""
    case = opened(carla, "Tue 10:00")
    wrote(case, carla, "Tue 12:00")
    assert timers(case) == {("first_response", 1, "running"), ("resolution", 1, "running")}
    assert timer(case).due_at == on("Wed 10:00")


def test_a_case_that_we_open_owes_no_first_response(carla: Person, ada: Person) -> None:
    case = a_case(carla, by=ada, at=on("Tue 10:00"), is_ours=True)
    assert timer(case).state == "cancelled"
    assert fresh(case).next_due_metric == "update"


def test_the_clients_answer_to_a_case_that_we_opened_is_owed_a_next_response(
    carla: Person, ada: Person
) -> None:
    case = a_case(carla, by=ada, at=on("Tue 10:00"), is_ours=True)
    wrote(case, carla, "Tue 12:00")
    assert timer(case, Metric.NEXT_RESPONSE).due_at == on("Tue 16:00")


def test_a_next_response_runs_from_the_oldest_unanswered_message(
    carla: Person, ada: Person
) -> None:
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Tue 11:00")
    wrote(case, carla, "Tue 12:00")
    wrote(case, carla, "Tue 13:00")
    assert timer(case, Metric.NEXT_RESPONSE).due_at == on("Tue 16:00")


def test_each_run_of_unanswered_messages_is_a_cycle(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    for by, at in ((ada, "Tue 11"), (carla, "Tue 12"), (ada, "Tue 13"), (carla, "Tue 14")):
        wrote(case, by, f"{at}:00")
    assert timer(case, Metric.NEXT_RESPONSE, 1).stopped_at == on("Tue 13:00")
    assert timer(case, Metric.NEXT_RESPONSE, 2).started_at == on("Tue 14:00")


def test_an_agent_may_say_that_no_reply_is_needed(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Tue 11:00")
    wrote(case, carla, "Tue 12:00")
    clocks.need_no_reply(case, at=on("Tue 13:00"), by=Actor.of(ada), why="They said thank you.")
    stopped = timer(case, Metric.NEXT_RESPONSE)
    assert (stopped.state, stopped.events.last().why) == ("stopped", "They said thank you.")  # type: ignore[union-attr]


def test_news_is_owed_from_each_public_message_of_ours(carla: Person, ada: Person) -> None:
    """Sixteen business hours from the real message, not from the planned time (`sla.md` 3.3)."""
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Tue 11:00")
    wrote(case, ada, "Tue 15:00")
    assert timer(case, Metric.UPDATE, 1).stopped_at == on("Tue 15:00")
    assert timer(case, Metric.UPDATE, 2).due_at == on("Thu 15:00")


def test_a_message_of_the_client_brings_no_news(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Tue 11:00")
    wrote(case, carla, "Tue 15:00")
    assert timer(case, Metric.UPDATE).state == "running"


def test_no_news_is_owed_once_the_case_is_resolved(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    a_message(case, by=ada, at=on("Tue 11:00"), then=Move.RESOLVE)
    assert timer(case, Metric.UPDATE).state == "cancelled"


def test_waiting_for_the_client_pauses_news_and_resolution(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    a_message(case, by=ada, at=on("Tue 11:00"), then=Move.WAIT_FOR_CLIENT)
    assert timer(case, Metric.UPDATE).state == "paused"
    assert (timer(case, Metric.RESOLUTION).state, fresh(case).next_due_at) == ("paused", None)


def test_a_message_while_waiting_begins_a_paused_cycle(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    a_message(case, by=ada, at=on("Tue 11:00"), then=Move.WAIT_FOR_CLIENT)
    wrote(case, ada, "Tue 15:00")
    assert timer(case, Metric.UPDATE, 2).state == "paused"


def test_the_clients_answer_ends_the_pause_at_its_receipt(carla: Person, ada: Person) -> None:
    """`sla.md` 3.4."""
    case = opened(carla, "Tue 09:00")
    a_message(case, by=ada, at=on("Tue 10:00"), then=Move.WAIT_FOR_CLIENT)
    wrote(case, carla, "Thu 10:00")
    resolution = timer(case, Metric.RESOLUTION)
    assert (resolution.state, resolution.consumed_seconds) == ("running", 3_600)
    assert resolution.due_at == on("Wed+1 17:00")


def test_an_answer_received_before_the_pause_leaves_no_pause(carla: Person, ada: Person) -> None:
    """Their mail of 09:50 was sorted after our 10:00: the pause never took time (rule 3.4)."""
    case = opened(carla, "Tue 09:00")
    a_message(case, by=ada, at=on("Tue 10:00"), then=Move.WAIT_FOR_CLIENT)
    wrote(case, carla, "Tue 09:50")
    assert timer(case, Metric.RESOLUTION).due_at == on("Mon+1 17:00")


def test_on_hold_pauses_nothing(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Tue 11:00")
    moved(case, Move.HOLD, ada, "Tue 12:00")
    assert timer(case, Metric.RESOLUTION).state == "running"


def test_on_hold_pauses_the_resolution_where_the_contract_says_so(
    everything: SlaPolicy, carla: Person, ada: Person
) -> None:
    SlaPolicy.objects.filter(pk=everything.pk).update(pauses_on_hold=True)
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Tue 11:00")
    moved(case, Move.HOLD, ada, "Tue 12:00")
    assert timer(case, Metric.RESOLUTION).state == "paused"
    assert timer(case, Metric.UPDATE).state == "running"


def test_a_policy_may_let_time_pass_while_we_wait(
    everything: SlaPolicy, carla: Person, ada: Person
) -> None:
    SlaPolicy.objects.filter(pk=everything.pk).update(pauses_while_waiting=False)
    case = opened(carla, "Tue 10:00")
    a_message(case, by=ada, at=on("Tue 11:00"), then=Move.WAIT_FOR_CLIENT)
    assert timer(case, Metric.RESOLUTION).state == "running"


def test_a_resolution_goes_on_when_the_case_is_reopened(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 09:00")
    a_message(case, by=ada, at=on("Tue 11:00"), then=Move.RESOLVE)
    wrote(case, carla, "Thu 09:00")
    resolution = timer(case, Metric.RESOLUTION)
    assert (resolution.consumed_seconds, resolution.due_at) == (7_200, on("Wed+1 15:00"))
    assert resolution.first_stopped_at == on("Tue 11:00")


def test_a_reopened_case_is_owed_a_next_response_and_no_first(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 09:00")
    moved(case, Move.RESOLVE, ada, "Tue 11:00")
    wrote(case, carla, "Thu 09:00")
    assert timer(case).state == "stopped"
    assert timer(case, Metric.NEXT_RESPONSE).due_at == on("Thu 13:00")


def test_a_case_that_was_resolved_and_then_closed_stops_once(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 09:00")
    moved(case, Move.RESOLVE, ada, "Tue 11:00")
    moved(case, Move.CLOSE, ada, "Tue 12:00")
    assert events(case, Metric.RESOLUTION) == ["start", "stop"]


def test_spam_cancels_everything(carla: Person, ada: Person) -> None:
    """`sla.md` 4.15."""
    case = opened(carla, "Tue 09:00")
    moved(case, Move.MARK_SPAM, ada, "Tue 10:00")
    assert timers(case) == {("first_response", 1, "cancelled"), ("resolution", 1, "cancelled")}


def test_what_was_no_spam_is_owed_from_its_receipt(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 09:00")
    moved(case, Move.MARK_SPAM, ada, "Tue 10:00")
    moved(case, Move.MARK_NOT_SPAM, ada, "Wed 09:00")
    assert timer(case, cycle=2).due_at == on("Tue 17:00")


def test_a_metric_without_a_target_is_not_promised(carla: Person) -> None:
    a_policy("low", first_response="16 hours")
    case = opened(carla, "Tue 09:00", priority="low")
    assert timers(case) == {("first_response", 1, "running")}


def test_a_priority_without_a_policy_promises_nothing(carla: Person) -> None:
    case = fresh(opened(carla, "Tue 09:00", priority="low"))
    assert (timers(case), case.next_due_at) == (set(), None)


def test_a_cancelled_case_keeps_its_miss(carla: Person, ada: Person) -> None:
    case = opened(carla, "Mon 09:00")
    clocks.cancel(case, at=on("Thu 09:00"), by=Actor.of(ada), why="A test of ours.")
    missed = SlaTimer.objects.missed().get(case=case)
    assert (missed.state, missed.breached_at) == ("cancelled", on("Mon 17:00"))
