"""Maintenance reminds, starts and ends by itself, each once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from helpdesk.people.actors import SYSTEM
from knowledgebase.notices.actions import planning
from knowledgebase.notices.lifecycle import State
from knowledgebase.notices.models import Notice
from knowledgebase.notices.sweeping import sweep
from tests.knowledgebase.notices.board import HOUR, NOW, maintenance


def states_said(notice: Notice) -> list[tuple[str, str]]:
    return list(notice.updates.order_by("pk").values_list("reason", "state"))


@pytest.mark.django_db
def test_nothing_happens_before_its_time() -> None:
    notice = maintenance(remind_at=NOW + HOUR)
    assert sweep(now=NOW + HOUR / 2) == 0
    assert states_said(notice) == [("posted", "scheduled")]


@pytest.mark.django_db
def test_it_reminds_starts_and_ends_at_its_times() -> None:
    notice = maintenance(remind_at=NOW + HOUR)
    assert [sweep(now=NOW + hours * HOUR) for hours in (1, 2, 3, 4, 5)] == [1, 1, 0, 1, 0]
    assert states_said(notice) == [
        ("posted", "scheduled"),
        ("reminded", "scheduled"),
        ("said", "running"),
        ("said", "completed"),
    ]
    notice.refresh_from_db()
    assert (notice.ended_at, notice.next_action_at) == (NOW + 4 * HOUR, None)


@pytest.mark.django_db
def test_a_desk_that_was_down_catches_up_without_a_late_reminder() -> None:
    notice = maintenance(remind_at=NOW + HOUR)
    sweep(now=NOW + 5 * HOUR)
    assert states_said(notice) == [
        ("posted", "scheduled"),
        ("said", "running"),
        ("said", "completed"),
    ]


@pytest.mark.django_db
def test_what_is_extended_ends_later() -> None:
    notice = maintenance()
    sweep(now=NOW + 2 * HOUR)
    planning.replan(
        notice,
        starts_at=notice.starts_at,
        ends_at=NOW + 6 * HOUR,
        text="The copy takes longer.",
        by=SYSTEM,
        at=NOW + 3 * HOUR,
    )
    assert [sweep(now=NOW + hours * HOUR) for hours in (4, 6)] == [0, 1]
    notice.refresh_from_db()
    assert (notice.ended_at, notice.revision) == (NOW + 6 * HOUR, 1)


@pytest.mark.django_db
def test_what_is_run_by_hand_is_left_alone() -> None:
    notice = maintenance(runs_by_itself=False)
    assert sweep(now=NOW + 5 * HOUR) == 0
    planning.start(notice, by=SYSTEM, at=NOW + 5 * HOUR)
    notice.refresh_from_db()
    assert notice.state == State.RUNNING


@pytest.mark.django_db
def test_one_whose_look_was_wrong_is_only_looked_at() -> None:
    notice = maintenance()
    Notice.objects.filter(pk=notice.pk).update(next_action_at=NOW)
    assert sweep(now=NOW + HOUR) == 1
    notice.refresh_from_db()
    assert (notice.state, notice.next_action_at) == ("scheduled", NOW + 2 * HOUR)


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_take_each_step_once() -> None:
    notices = [maintenance(title=f"Work {number}") for number in range(6)]

    def work(_: int) -> Any:
        try:
            return sweep(now=NOW + 2 * HOUR)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 6
    assert [states_said(one) for one in notices] == [
        [("posted", "scheduled"), ("said", "running")]
    ] * 6
