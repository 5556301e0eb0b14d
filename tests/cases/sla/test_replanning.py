"""Calendars are versions: open promises follow them, what ran stays, ended ones never change."""

import pytest
import time_machine

from cases import kinds
from cases.lifecycle import Move
from cases.sla import replanning
from cases.sla.metrics import Metric
from cases.sla.models import SlaEvent, SlaTimer
from helpdesk.calendars.models import Calendar, CalendarVersion
from helpdesk.journal.models import Entry
from helpdesk.people.models import Person
from tests.builders import a_message, a_policy
from tests.cases.sla.desk import events, opened, swept, timer, wrote
from tests.cases.sla.logs import HOUR, on
from tests.helpdesk.calendars.desk import a_holiday, publish

pytestmark = pytest.mark.usefixtures("first_response")


def published(office: Calendar, text: str, *, effective: str = "", **hours: str) -> CalendarVersion:
    """What the calendar says, published at `text` and in force from `effective` on."""
    with time_machine.travel(on(text), tick=False):
        return publish(office, on(effective or text), **hours)


def wednesday_off(office: Calendar, text: str) -> CalendarVersion:
    a_holiday("2026-05-13", "Fair Day")
    return published(office, text)


def test_a_holiday_ahead_moves_the_due_time(office: Calendar, carla: Person) -> None:
    """`sla.md` 4.4."""
    case = opened(carla, "Tue 12:00")
    wednesday_off(office, "Tue 14:00")
    assert replanning.replan_outdated(now=on("Tue 14:00:10")) == 1
    assert timer(case).due_at == on("Thu 12:00")
    case.refresh_from_db()
    assert case.next_due_at == on("Thu 12:00")


def test_re_planning_a_second_time_finds_nothing(office: Calendar, carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    wednesday_off(office, "Tue 14:00")
    replanning.replan_outdated(now=on("Tue 14:00:10"))
    assert replanning.replan_outdated(now=on("Tue 14:00:25")) == 0
    assert events(case) == ["start", "recalendar"]


def test_what_ran_before_the_edit_stays_counted(office: Calendar, carla: Person) -> None:
    """From Tuesday at 14:00 the desk closes at 15:00: the hours since noon count. (`sla.md` 4.3)"""
    case = opened(carla, "Tue 12:00")
    published(office, "Tue 14:00", mon_fri="09:00-15:00")
    replanning.replan_outdated(now=on("Tue 16:00"))
    assert timer(case).consumed_seconds == 2 * HOUR
    assert timer(case).due_at == on("Wed 14:00")


def test_an_edit_counts_from_when_it_was_published_not_from_the_sweep(
    office: Calendar, carla: Person
) -> None:
    case = opened(carla, "Tue 12:00")
    published(office, "Tue 14:00", mon_fri="09:00-15:00")
    replanning.replan_outdated(now=on("Tue 16:45"))
    assert SlaEvent.objects.get(timer__case=case, kind="recalendar").occurred_at == on("Tue 14:00")


def test_an_edit_never_counts_before_it_was_published(office: Calendar, carla: Person) -> None:
    """Back-dated to Monday, published on Tuesday at 14:00: the past is recounted on purpose."""
    case = opened(carla, "Tue 12:00")
    published(office, "Tue 14:00", effective="Mon 00:00", mon_fri="13:00-17:00")
    replanning.replan_outdated(now=on("Tue 14:01"))
    assert timer(case).consumed_seconds == 2 * HOUR


def test_hours_published_ahead_move_a_due_time_beyond_them_at_once(
    office: Calendar, carla: Person
) -> None:
    """`sla.md` 8.3."""
    case = opened(carla, "Tue 12:00")
    published(office, "Tue 14:00", effective="Wed 00:00", mon_fri="10:00-17:00")
    replanning.replan_outdated(now=on("Tue 14:01"))
    assert timer(case).due_at == on("Wed 13:00")


def test_a_case_opened_after_the_announcement_is_planned_on_it(
    office: Calendar, carla: Person
) -> None:
    published(office, "Mon 14:00", effective="Wed 00:00", mon_fri="10:00-17:00")
    case = opened(carla, "Tue 12:00")
    assert timer(case).due_at == on("Wed 13:00")


def test_an_ended_promise_never_changes(office: Calendar, carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 12:00")
    wrote(case, ada, "Tue 13:00")
    before = timer(case)
    wednesday_off(office, "Tue 14:00")
    replanning.replan_outdated(now=on("Tue 14:01"))
    assert timer(case).calendar_version_id == before.calendar_version_id
    assert events(case) == ["start", "stop"]


def test_a_paused_promise_is_planned_anew_too(office: Calendar, carla: Person, ada: Person) -> None:
    """Where others forget the paused ones (`sla.md` 8.4)."""
    a_policy("low", resolution="8 hours")
    case = opened(carla, "Tue 12:00", priority="low")
    a_message(case, by=ada, at=on("Tue 13:00"), then=Move.WAIT_FOR_CLIENT)
    wednesday_off(office, "Tue 14:00")
    replanning.replan_outdated(now=on("Tue 14:01"))
    wrote(case, carla, "Tue 15:00")
    assert timer(case, Metric.RESOLUTION).due_at == on("Thu 14:00")


def test_a_missed_promise_stays_missed(office: Calendar, carla: Person) -> None:
    case = opened(carla, "Mon 09:00")
    swept("Mon 17:00:01")
    wednesday_off(office, "Tue 14:00")
    replanning.replan_outdated(now=on("Tue 14:01"))
    assert (timer(case).breached_at, timer(case).due_at) == (on("Mon 17:00"), on("Mon 17:00"))


def test_the_journal_says_whose_due_time_moved_and_why(office: Calendar, carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    wednesday_off(office, "Tue 14:00")
    replanning.replan_outdated(now=on("Tue 14:01"))
    entry = Entry.objects.get(subject_id=case.pk, kind=kinds.REPLANNED.name)
    assert entry.sentence == (
        "The first response is now due Thu 14 May, 12:00 (Melbourne), not tomorrow 12:00 "
        "(Melbourne): Root changed the calendar. A test"
    )


def test_nothing_is_said_where_no_due_time_moved(office: Calendar, carla: Person) -> None:
    case = opened(carla, "Tue 09:00")
    a_holiday("2026-06-08", "King's Birthday")
    published(office, "Tue 14:00")
    replanning.replan_outdated(now=on("Tue 14:01"))
    assert events(case) == ["start", "recalendar"]
    assert not Entry.objects.filter(kind=kinds.REPLANNED.name).exists()


def test_other_calendars_are_left_alone(
    office: Calendar, round_the_clock: Calendar, carla: Person
) -> None:
    a_policy("critical", first_response="48 hours", calendar=round_the_clock)
    case = opened(carla, "Tue 12:00", priority="critical")
    wednesday_off(office, "Tue 14:00")
    assert replanning.replan_outdated(now=on("Tue 14:01")) == 0
    assert timer(case).due_at == on("Thu 12:00")


def test_a_sweep_plans_an_outdated_timer_anew_before_it_judges(
    office: Calendar, carla: Person
) -> None:
    """The re-planning had no turn yet: no warning goes out by the old hours."""
    case = opened(carla, "Tue 12:00")
    wednesday_off(office, "Tue 14:00")
    assert swept("Wed 12:00:01").told == 1
    assert timer(case).breached_at is None
    assert timer(case).announced_percent == 50
    case.refresh_from_db()
    assert case.next_due_at == on("Thu 12:00")


def test_one_log_that_cannot_be_read_keeps_nobody_from_being_planned(
    office: Calendar, carla: Person
) -> None:
    broken, healthy = opened(carla, "Tue 12:00"), opened(carla, "Tue 12:00")
    SlaEvent.objects.create(
        timer=timer(broken),
        kind="recalendar",
        occurred_at=on("Tue 13:00"),
        actor_label="Nobody",
        payload={"calendar_version": 999_999},
    )
    wednesday_off(office, "Tue 14:00")
    assert replanning.replan_outdated(now=on("Tue 14:01")) == 1
    assert timer(healthy).due_at == on("Thu 12:00")


def test_more_than_one_batch_is_planned(
    office: Calendar, carla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replanning, "BATCH", 2)
    for _ in range(5):
        opened(carla, "Tue 12:00")
    wednesday_off(office, "Tue 14:00")
    assert replanning.replan_outdated(now=on("Tue 14:01")) == 5
    assert set(SlaTimer.objects.values_list("due_at", flat=True)) == {on("Thu 12:00")}
