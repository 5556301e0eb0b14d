"""Figures keep themselves, whatever writes a case or a promise."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from cases.actions.merging import merge
from cases.actions.moving import move
from cases.actions.prioritising import change_priority
from cases.lifecycle import Move
from cases.models import Case
from cases.reports import keeping
from cases.reports.models import Figure, FigureChange, KeptFigure, Outcome
from cases.sla import sweeping
from cases.sla.models import SlaTimer
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message
from tests.cases.sla.logs import on

MAY = "2026-05-01"


def opened() -> dict[tuple[str, str], int]:
    found = KeptFigure.objects.filter(what="open").values_list("state", "priority")
    return {(state, priority): n for state, priority, n in found.annotate(Sum("value")) if n}


def promised() -> dict[str, int]:
    found = KeptFigure.objects.filter(what__in=["met", "missed"]).values_list("what")
    return {what: count for what, count in found.annotate(Sum("value")) if count}


def test_an_open_case_is_counted_where_it_stands(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    assert opened() == {("new", "medium"): 1}
    a_message(case, by=ada, then=Move.WAIT_FOR_CLIENT)
    change_priority(case, "high", by=Actor.of(carla))
    assert opened() == {("waiting", "high"): 1}


def test_a_case_that_ends_is_open_no_more(ada: Person, carla: Person) -> None:
    ended, merged, kept = a_case(carla), a_case(carla), a_case(carla)
    move(ended, Move.RESOLVE, by=Actor.of(ada))
    merge(merged, into=kept, by=Actor.of(ada))
    assert opened() == {("new", "medium"): 1}


def test_a_promise_is_counted_when_it_is_kept(ada: Person, carla: Person) -> None:
    case = a_case(carla, at=on("Mon 09:00"))
    assert promised() == {}
    a_message(case, by=ada, at=on("Mon 12:00"))
    outcome = Outcome.objects.get()
    assert promised() == {"met": 1}
    assert (outcome.metric, outcome.priority, str(outcome.month), outcome.took_seconds) == (
        "first_response",
        "medium",
        MAY,
        3 * 3600,
    )


def test_a_miss_is_counted_once_however_late_the_answer(ada: Person, carla: Person) -> None:
    case = a_case(carla, at=on("Mon 09:00"))
    sweeping.sweep(now=on("Wed 09:00"))
    sweeping.sweep(now=on("Wed 10:00"))
    a_message(case, by=ada, at=on("Wed 11:00"))
    outcome = Outcome.objects.get()
    assert promised() == {"missed": 1}
    assert (outcome.ended_at, outcome.answered_at) == (on("Mon 17:00"), on("Wed 11:00"))


def test_a_miss_that_is_taken_back_is_a_promise_kept(ada: Person, carla: Person) -> None:
    case = a_case(carla, at=on("Mon 09:00"))
    sweeping.sweep(now=on("Wed 09:00"))
    a_message(case, by=ada, at=on("Mon 15:00"))
    assert promised() == {"met": 1}


def test_a_figure_of_the_past_stays_when_the_priority_changes(ada: Person, carla: Person) -> None:
    case = a_case(carla, at=on("Mon 09:00"))
    a_message(case, by=ada, at=on("Mon 12:00"))
    change_priority(case, "high", by=Actor.of(carla))
    assert KeptFigure.objects.filter(what="met").values_list("priority", flat=True).get() == (
        "medium"
    )


def test_spam_is_left_out_and_comes_back_when_it_was_none(ada: Person, carla: Person) -> None:
    case = a_case(carla, at=on("Mon 09:00"))
    sweeping.sweep(now=on("Wed 09:00"))
    move(case, Move.MARK_SPAM, by=Actor.of(ada))
    assert (promised(), opened()) == ({}, {})
    move(case, Move.MARK_NOT_SPAM, by=Actor.of(ada))
    assert (promised(), opened()) == ({"missed": 1}, {("open", "medium"): 1})


def test_an_answer_without_words_is_noted(ada: Person, carla: Person) -> None:
    """`sla.md` 8.14."""
    case = a_case(carla)
    a_message(case, by=ada, text="Looking.")
    a_message(case, by=ada, text="We found what it is and mend it.")
    a_message(case, by=carla, text="Thanks.")
    assert KeptFigure.objects.filter(what="short").aggregate(n=Sum("value"))["n"] == 1


def test_folding_changes_no_sum_and_leaves_no_change(ada: Person, carla: Person) -> None:
    a_message(a_case(carla), by=ada)
    before = opened(), promised()
    keeping.fold_changes()
    keeping.fold_changes()
    assert (opened(), promised()) == before
    assert FigureChange.objects.count() == 0
    assert Figure.objects.get(what="open", state="open").value == 1


def test_figures_agree_with_their_rows(ada: Person, carla: Person) -> None:
    a_message(a_case(carla, at=on("Mon 09:00")), by=ada, at=on("Mon 12:00"))
    a_case(carla, at=on("Tue 09:00"))
    sweeping.sweep(now=on("Fri 09:00"))
    keeping.fold_changes()
    a_case(carla)
    call_command("rebuild_figures")
    assert keeping.differences() == []


def test_a_figure_that_is_wrong_is_named_and_mended(carla: Person) -> None:
    a_case(carla)
    keeping.fold_changes()
    Figure.objects.update(value=7)
    with pytest.raises(CommandError, match="1 figures differ"):
        call_command("rebuild_figures")
    call_command("rebuild_figures", fix=True)
    assert opened() == {("new", "medium"): 1}


def test_rows_written_in_bulk_are_counted_too(carla: Person) -> None:
    case = a_case(carla, at=on("Mon 09:00"))
    SlaTimer.objects.filter(case=case).update(breached_at=on("Mon 17:00"))
    Case.objects.filter(pk=case.pk).update(updated_at=on("Mon 17:00") + timedelta(hours=1))
    assert promised() == {"missed": 1}


def test_rows_made_in_bulk_are_counted_once_at_the_end(carla: Person) -> None:
    with keeping.counted_at_the_end():
        a_case(carla)
        assert opened() == {}
    assert opened() == {("new", "medium"): 1}
    a_case(carla)
    assert opened() == {("new", "medium"): 2}
