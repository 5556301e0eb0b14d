"""The jobs, on the database's own clock, as beat starts them."""

from datetime import timedelta

import pytest
import structlog
import time_machine
from django.utils import timezone

from cases.sla import reassessing, tasks
from cases.sla.models import SlaPolicy
from helpdesk import schedule  # noqa: F401 (fills the schedule of the application)
from helpdesk.calendars.models import Calendar
from helpdesk.celery import app
from helpdesk.people.models import Person
from tests.builders import a_case, a_policy
from tests.cases.sla.desk import timer
from tests.helpdesk.calendars.desk import publish


@pytest.fixture(autouse=True)
def critical(round_the_clock: Calendar) -> SlaPolicy:
    return a_policy("critical", first_response="2 hours", calendar=round_the_clock)


def test_the_sweep_judges_by_the_clock_of_the_database(carla: Person) -> None:
    three_hours_ago = timezone.now() - timedelta(hours=3)
    late = a_case(carla, priority="critical", characteristics=("hangs",), at=three_hours_ago)
    fresh = a_case(carla, priority="critical", characteristics=("hangs",))
    tasks.sweep()
    assert timer(late).breached_at == timer(late).due_at
    assert timer(fresh).breached_at is None


def test_the_re_planning_finds_edited_calendars(round_the_clock: Calendar, carla: Person) -> None:
    case = a_case(carla, priority="critical", characteristics=("hangs",))
    version = publish(round_the_clock, timezone.now(), daily="00:00-12:00")
    tasks.replan()
    assert timer(case).calendar_version_id == version.pk


def test_an_edited_policy_is_followed(critical: SlaPolicy, carla: Person) -> None:
    case = a_case(carla, priority="critical", characteristics=("hangs",))
    critical.targets.update(amount=9)
    reassessing.note_edit(critical, by="Root", at=timezone.now())
    tasks.reassess()
    assert timer(case).target_seconds == 9 * 3_600


def test_beat_knows_the_jobs_by_their_names() -> None:
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {tasks.sweep.name, tasks.replan.name, tasks.reassess.name} <= scheduled


def test_a_host_whose_clock_is_off_is_told() -> None:
    ahead = timezone.now() + timedelta(seconds=3)
    with time_machine.travel(ahead), structlog.testing.capture_logs() as logs:
        tasks.sweep()
    assert [entry["event"] for entry in logs] == ["sla.host_clock_is_off"]
