"""What promises may cost: statements of the doors, plans of the sweeps."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from cases.lifecycle import State
from cases.models import Case
from cases.sla import clocks
from cases.sla.models import SlaTimer
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_policy
from tests.cases.sla.logs import on
from tests.helpdesk.calendars.desk import a_calendar

MANY = 20_000


@pytest.fixture(autouse=True)
def promises(db: None) -> None:
    a_calendar("office")
    a_policy("medium", first_response="8 hours", next_response="4 hours", update="16 hours")


@pytest.fixture
def case(carla: Person) -> Case:
    return a_case(carla, at=on("Tue 10:00"))


@contextmanager
def at_most(statements: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as queries:
        yield
    assert len(queries) <= statements, [query["sql"] for query in queries]


def message(case: Case, by: Person, text: str, *, is_ours: bool) -> None:
    clocks.follow_message(
        case, is_ours=is_ours, is_public=True, is_automatic=False, at=on(text), by=Actor.of(by)
    )


def test_starting_the_promises_of_a_case_takes_three_statements(case: Case, carla: Person) -> None:
    SlaTimer.objects.all().delete()
    with at_most(3):
        clocks.start(case, at=on("Tue 10:00"), by=Actor.of(carla))


def test_an_answer_takes_five_statements_however_long_the_thread(
    case: Case, carla: Person, ada: Person
) -> None:
    """One to read, one for the policy, one each for timers begun, timers ended and events."""
    with at_most(5):
        message(case, ada, "Tue 11:00", is_ours=True)
    for minute in range(30):
        case.first_answered_at = on("Tue 11:00")
        message(case, carla, f"Tue 12:{minute:02}", is_ours=False)
        message(case, ada, f"Tue 12:{minute:02}:30", is_ours=True)
    with at_most(5):
        message(case, ada, "Tue 13:00", is_ours=True)


def test_a_clients_message_takes_four_statements(case: Case, carla: Person, ada: Person) -> None:
    message(case, ada, "Tue 11:00", is_ours=True)
    with at_most(4):
        message(case, carla, "Tue 12:00", is_ours=False)


def test_a_further_message_of_the_client_takes_one(case: Case, carla: Person) -> None:
    with at_most(1):
        message(case, carla, "Tue 12:00", is_ours=False)


def test_taking_up_a_case_takes_none(case: Case, ada: Person) -> None:
    with at_most(0):
        clocks.follow_move(
            case, before=State.NEW, after=State.OPEN, at=on("Tue 11:00"), by=Actor.of(ada)
        )


@pytest.fixture
def many(case: Case) -> None:
    """So many running timers that a plan without its index would show; ten of them are due."""
    with connection.cursor() as cursor:
        cursor.execute(_copies_of("cases_case", without=["id", "number"]), [MANY, case.pk])
        cursor.execute(_TIMERS, [on("Fri 10:00"), case.pk])
        cursor.execute(_DUE, [on("Tue 11:00")])
        cursor.execute("ANALYZE sla_slatimer, cases_case")


def test_the_sweep_reads_what_is_due_from_its_index(many: None) -> None:
    due = SlaTimer.objects.due_for_a_look(on("Tue 12:00")).select_related("case")
    plan = _plan(due.select_for_update(of=("case",), skip_locked=True)[:50])
    assert "Index Scan using timer_sweep" in plan
    assert "Seq Scan" not in plan


def test_the_sweep_reads_no_more_rows_than_are_due(many: None) -> None:
    due = SlaTimer.objects.due_for_a_look(on("Tue 12:00"))
    assert "actual rows=10" in _plan(due[:50]).split("Index Scan using timer_sweep")[1]


def test_looking_for_outdated_calendars_reads_no_timer(many: None) -> None:
    outdated = SlaTimer.objects.open().filter(calendar_version__in=[987_654, 987_655])
    plan = _plan(outdated.filter(pk__gt=0).order_by("pk")[:200])
    assert "timer_replan" in plan
    assert "Seq Scan" not in plan


def _copies_of(table: str, *, without: list[str]) -> str:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    columns = ", ".join(f'"{column.name}"' for column in described if column.name not in without)
    return (
        f"INSERT INTO {table} ({columns}) "  # noqa: S608 (names of our own table)
        f"SELECT {columns} FROM {table}, generate_series(1, %s) WHERE id = %s"
    )


_TIMERS = """
    INSERT INTO sla_slatimer (case_id, metric, cycle, policy_id, calendar_version_id,
        target_seconds, consumed_seconds, as_of, due_at, next_action_at, announced_percent,
        state, started_at, sweep_error)
    SELECT made.id, metric, cycle, policy_id, calendar_version_id, target_seconds,
        consumed_seconds, as_of, due_at, %s, 0, timer.state, started_at, ''
    FROM cases_case made, sla_slatimer timer WHERE timer.case_id = %s AND made.id <> timer.case_id
"""
_DUE = """
    UPDATE sla_slatimer SET next_action_at = %s
    WHERE id IN (SELECT id FROM sla_slatimer ORDER BY id DESC LIMIT 10)
"""


def _plan(query: QuerySet[SlaTimer]) -> str:
    return query.explain(analyze=True, buffers=False, timing=False, summary=False)
