"""The figures of this moment."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.lifecycle import Move
from cases.models import Case
from cases.reports.live import LiveFigures, live_figures
from cases.sla import sweeping
from helpdesk.people.models import Person
from tests.builders import a_case, a_message
from tests.cases.sla.logs import on


@pytest.fixture(autouse=True)
def afresh() -> None:
    cache.clear()


def figures(text: str) -> LiveFigures:
    return live_figures(now=on(text), midnight=on(f"{text[:3]} 00:00"))


def test_open_cases_stand_by_state_and_priority(ada: Person, carla: Person) -> None:
    a_case(carla)
    a_message(a_case(carla), by=ada, then=Move.WAIT_FOR_CLIENT)
    now = figures("Mon 09:00")
    assert (now.open, now.waiting, now.by_state["new"]["medium"]) == (2, 1, 1)


def test_what_is_due_within_the_hour_and_what_is_overdue(carla: Person) -> None:
    soon, later, late = (a_case(carla) for _ in range(3))
    for case, at in ((soon, "Tue 10:30"), (later, "Tue 11:01"), (late, "Tue 09:59")):
        Case.objects.filter(pk=case.pk).update(next_due_at=on(at))
    now = figures("Tue 10:00")
    assert (now.due_soon, now.overdue) == (1, 1)


def test_missed_today_begins_at_midnight(carla: Person) -> None:
    a_case(carla, at=on("Mon 09:00"))
    a_case(carla, at=on("Mon 10:00"))
    sweeping.sweep(now=on("Tue 11:00"))
    assert figures("Tue 12:00").missed_today == 1


def test_half_of_the_first_answers_came_within_the_median(ada: Person, carla: Person) -> None:
    for text in ("Mon 10:00", "Mon 11:00", "Mon 16:00"):
        a_message(a_case(carla, at=on("Mon 09:00")), by=ada, at=on(text))
    assert figures("Mon 16:30").median_seconds == 2 * 3600


def test_without_anything_nothing_is_made_up() -> None:
    now = figures("Mon 09:00")
    assert (now.open, now.median_seconds, now.good_share) == (0, None, None)


def test_whoever_looks_within_two_seconds_asks_nobody(carla: Person) -> None:
    first = figures("Mon 09:00")
    a_case(carla)
    with CaptureQueriesContext(connection) as queries:
        assert figures("Mon 09:00") == first
    assert len(queries) == 0


def test_it_takes_two_statements_whatever_there_is(ada: Person, carla: Person) -> None:
    for _ in range(3):
        a_message(a_case(carla), by=ada)
    with CaptureQueriesContext(connection) as queries:
        figures("Mon 09:00")
    assert len(queries) == 2


def test_a_figure_is_a_moment_old_at_most(carla: Person) -> None:
    taken = figures("Mon 09:00").taken_at
    assert taken - on("Mon 09:00") == timedelta(0)
