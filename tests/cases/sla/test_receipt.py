"""The arithmetic of a promise, interval by interval."""

from datetime import datetime

import pytest
from hypothesis import given

from cases.actions.prioritising import change_priority
from cases.lifecycle import Move
from cases.models import Case
from cases.sla.metrics import Metric
from cases.sla.models import SlaEvent, SlaPolicy
from cases.sla.receipt import receipt_of, receipts_of
from cases.sla.receipt_lines import Line, lines_of
from cases.sla.reckoning import Event, fold
from helpdesk.calendars.models import Calendar, CalendarException
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_message, a_policy
from tests.cases.sla.any_log import INSTANTS, logs
from tests.cases.sla.desk import opened, swept, timer, wrote
from tests.cases.sla.logs import EDITIONS, HOUR, clock_of, on
from tests.helpdesk.calendars.desk import LONG_AGO, a_holiday, publish

START = "Started: 8 business hours (Medium)"
Row = tuple[str, int]


@pytest.fixture(autouse=True)
def promises(office: Calendar) -> SlaPolicy:
    return a_policy("medium", name="Medium", first_response="8 hours", resolution="16 hours")


def rows(case: Case, now: str, metric: Metric = Metric.FIRST_RESPONSE) -> list[Row]:
    """What each line says and how much of it counted, in hours."""
    lines = receipt_of(timer(case, metric), now=on(now)).lines
    return [(line.what, line.seconds // HOUR) for line in lines]


def test_opening_hours_count_and_the_night_does_not(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    assert rows(case, "Wed 11:00") == [
        (START, 0),
        ("Open", 5),
        ("Outside opening hours", 0),
        ("Open", 2),
        ("Open", 1),
    ]


def test_what_lies_ahead_is_marked_as_planned(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    lines = receipt_of(timer(case), now=on("Tue 13:00")).lines
    assert [line.is_planned for line in lines] == [False, False, True, True, True]
    assert (lines[-1].end, lines[-1].total) == (on("Wed 12:00"), 8 * HOUR)


def test_a_holiday_is_skipped_by_name(office: Calendar, carla: Person) -> None:
    a_holiday("2026-05-13", "Fair Day")
    publish(office, LONG_AGO)
    case = opened(carla, "Tue 16:00")
    assert ("Closed: Fair Day", 0) in rows(case, "Thu 10:00")


def test_special_hours_are_named(office: Calendar, carla: Person) -> None:
    CalendarException.objects.create(
        calendar=office, date="2026-05-16", hours=[["10:00", "12:00"]], reason="Launch day"
    )
    publish(office, LONG_AGO)
    case = opened(carla, "Fri 14:00")
    assert ("Open: Launch day", 2) in rows(case, "Mon+1 09:00")


def test_a_pause_is_one_line_with_its_reason(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    a_message(case, by=ada, at=on("Tue 12:00"), then=Move.WAIT_FOR_CLIENT)
    wrote(case, carla, "Thu 12:00")
    assert rows(case, "Thu 12:00", Metric.RESOLUTION)[:5] == [
        ("Started: 16 business hours (Medium)", 0),
        ("Open", 2),
        ("Paused by Ada Lovelace: waiting for the client", 0),
        ("Waiting for the client", 0),
        ("Goes on (Carla Rossi)", 0),
    ]


def test_a_changed_priority_says_who_and_what_it_did(carla: Person, ada: Person) -> None:
    a_policy("low", name="Low", first_response="16 hours")
    case = opened(carla, "Tue 12:00")
    change_priority(case, "low", by=Actor.of(ada), reason="A question.", at=on("Tue 13:00"))
    assert rows(case, "Tue 13:00")[2] == (
        "New target by Ada Lovelace: 16 business hours. Due Thu 14 May, 12:00 (Melbourne), "
        "not tomorrow 12:00 (Melbourne). The priority is now Low.",
        0,
    )


def test_an_answer_ends_the_receipt(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 12:00")
    wrote(case, ada, "Tue 14:00")
    assert rows(case, "Fri 12:00") == [(START, 0), ("Open", 2), ("Answered by Ada Lovelace", 0)]


def test_a_miss_stands_at_its_second_in_the_receipt(carla: Person) -> None:
    case = opened(carla, "Tue 09:00")
    lines = receipt_of(timer(case), now=on("Wed 10:00")).lines
    missed = [line for line in lines if line.what == "Due; missed from here on"]
    assert [line.start for line in missed] == [on("Tue 17:00")]
    assert lines[-1].total == 9 * HOUR


def test_the_receipt_and_the_recorded_miss_name_the_same_second(carla: Person) -> None:
    case = opened(carla, "Tue 12:34:56")
    swept("Fri 12:00")
    lines = receipt_of(timer(case), now=on("Fri 12:00")).lines
    assert timer(case).breached_at in [line.start for line in lines if line.is_event]


def test_the_sentence_names_target_policy_calendar_and_version(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    [first, _] = receipts_of(case, now=on("Tue 13:00"))
    assert first.sentence == (
        "8 business hours by the policy “Medium”, counted on Office, version 1: due tomorrow "
        "12:00 (Melbourne), 7\N{NO-BREAK SPACE}h left."
    )


def test_the_client_reads_plain_words(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    assert receipt_of(timer(case), now=on("Tue 13:00")).client_sentence == (
        "We answer by tomorrow 12:00 (Melbourne)."
    )


def test_every_promise_of_a_case_has_its_receipt_in_order(carla: Person, ada: Person) -> None:
    a_policy("high", first_response="4 hours", next_response="2 hours")
    case = opened(carla, "Tue 09:00", priority="high")
    for by, hour in ((ada, 10), (carla, 11), (ada, 12), (carla, 13)):
        wrote(case, by, f"Tue {hour}:00")
    titles = [receipt.title for receipt in receipts_of(case, now=on("Tue 14:00"))]
    assert titles == ["First response", "Next response", "Next response 2"]


def test_a_line_knows_whether_it_is_an_event() -> None:
    assert Line(on("Tue 10:00"), None, "Answered").is_event
    assert not Line(on("Tue 10:00"), on("Tue 11:00"), "Open", seconds=3_600).is_event


@given(logs(), INSTANTS)
def test_the_lines_add_up_to_what_the_timer_has_used(log: list[Event], now: datetime) -> None:
    known = [event for event in log if event.at <= now]
    lines = lines_of([_recorded(event) for event in known], now=now, clock_of=clock_of)
    state = fold(known, clock_of, until=now)
    used = state.consumed_at(now, EDITIONS[state.calendar])
    assert sum(line.seconds for line in lines if not line.is_planned) == used


def _recorded(event: Event) -> SlaEvent:
    payload = {
        "target_seconds": event.target_seconds,
        "calendar_version": event.calendar,
        "reopens": event.reopens,
        "target_words": "some hours",
        "policy_name": "Any",
    }
    return SlaEvent(kind=event.kind, occurred_at=event.at, actor_label="Somebody", payload=payload)
