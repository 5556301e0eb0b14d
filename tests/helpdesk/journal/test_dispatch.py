"""Each reaction happens once, fails alone and is tried again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from helpdesk.journal import dispatch as dispatching
from helpdesk.journal.models import Entry, Reaction
from tests.helpdesk.journal import reacting
from tests.helpdesk.journal.test_writing import tell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _roof(settings: Settings) -> Iterator[None]:
    settings.REACTIONS = "tests.helpdesk.journal.reacting"
    reacting.calls.clear()
    reacting.faults.clear()
    yield
    reacting.faults.clear()


def test_an_entry_calls_for_the_reactions_to_everything_and_its_own() -> None:
    dispatching.dispatch(tell().pk)
    names = [reaction.name.rpartition(".")[2] for reaction in Reaction.objects.order_by("pk")]
    assert names == ["note", "stumble"]


def test_dispatching_twice_calls_for_nothing_twice() -> None:
    entry = tell()
    assert len(dispatching.dispatch(entry.pk)) == 2
    assert dispatching.dispatch(entry.pk) == []
    assert Reaction.objects.count() == 2


def test_a_reaction_is_carried_out_once() -> None:
    first, _ = dispatching.dispatch(tell().pk)
    assert [dispatching.react(first), dispatching.react(first)] == [True, False]
    assert reacting.calls == ["note"]


def test_a_failing_reaction_leaves_no_effect_and_waits() -> None:
    reacting.faults["stumble"] = ValueError("The template is broken.")
    _, second = dispatching.dispatch(tell().pk)
    assert dispatching.react(second) is False
    reaction = Reaction.objects.get(pk=second)
    assert (reaction.state, reaction.attempts) == ("pending", 1)
    assert reaction.last_error == "ValueError: The template is broken."
    assert not Entry.objects.filter(kind="test.effect").exists()


def test_one_that_fails_does_not_stop_the_other() -> None:
    reacting.faults["stumble"] = ValueError("broken")
    for reaction_id in reversed(dispatching.dispatch(tell().pk)):
        dispatching.react(reaction_id)
    assert reacting.calls == ["note"]


def test_it_is_given_up_visibly_after_eight_attempts() -> None:
    reacting.faults["stumble"] = ValueError("broken")
    _, second = dispatching.dispatch(tell().pk)
    for _ in range(dispatching.MOST_ATTEMPTS):
        dispatching.react(second)
    assert Reaction.objects.get(pk=second).state == "failed"


def test_the_sweep_finds_an_entry_whose_announcement_was_lost() -> None:
    lost, fresh = tell(), tell()
    old = Now() - timedelta(minutes=1)
    Entry.objects.filter(pk=lost.pk).update(recorded_at=old)
    assert dispatching.undispatched() == [lost.pk]
    assert fresh.dispatched_at is None


def test_the_sweep_finds_a_reaction_whose_worker_died() -> None:
    first, second = dispatching.dispatch(tell().pk)
    dispatching.react(second)
    Reaction.objects.update(next_attempt_at=Now() - timedelta(minutes=1))
    assert dispatching.due_reactions() == [first]


def test_the_sweep_carries_out_what_it_finds_and_the_late_announcement_does_nothing() -> None:
    entry = tell()
    first, _ = dispatching.dispatch(entry.pk)
    Reaction.objects.update(next_attempt_at=Now() - timedelta(minutes=1))
    assert dispatching.catch_up(seconds=10) == 2
    assert reacting.calls == ["note", "stumble"]
    assert dispatching.react(first) is False


def test_the_sweep_carries_out_what_nobody_was_told_of() -> None:
    tell()
    Entry.objects.update(recorded_at=Now() - timedelta(minutes=1))
    assert dispatching.catch_up(seconds=10) == 2
    assert reacting.calls == ["note", "stumble"]
