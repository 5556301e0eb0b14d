"""Answers, clients' messages and internal notes."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.actions.moving import move
from cases.actions.refusing import CaseChanged, Refused
from cases.actions.replying import reply
from cases.lifecycle import Move, MoveRefused
from cases.models import Case
from cases.thread.adding import Writing
from cases.thread.models import Message
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message, a_note

NOON = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_the_first_answer_takes_the_case_up_and_answers_the_client(
    ada: Person, carla: Person
) -> None:
    case = a_case(carla, at=NOON)
    a_message(case, by=ada, at=LATER)
    answered = fresh(case)
    assert (answered.state, answered.first_answered_at) == ("open", LATER)
    assert answered.unanswered_since is None


def test_an_internal_note_answers_nothing_and_changes_no_total(ada: Person, carla: Person) -> None:
    case = a_case(carla, at=NOON)
    note = a_note(case, by=ada, at=LATER)
    assert note.visibility == "internal"
    unchanged = fresh(case)
    assert (unchanged.state, unchanged.unanswered_since) == ("new", NOON)
    assert (unchanged.message_count, unchanged.last_message_at) == (1, NOON)


@pytest.mark.parametrize("ending", [Move.RESOLVE, Move.CLOSE])
def test_reply_from_client_reopens_an_ended_case(ending: Move, ada: Person, carla: Person) -> None:
    case = a_case(carla, at=NOON)
    move(case, ending, by=Actor.of(ada), at=LATER)
    a_message(case, by=carla, at=LATER + timedelta(days=6))
    assert fresh(case).state == "open"


def test_after_the_window_a_reply_is_refused_with_a_sentence(ada: Person, carla: Person) -> None:
    case = a_case(carla, at=NOON)
    move(case, Move.RESOLVE, by=Actor.of(ada), at=LATER)
    with pytest.raises(MoveRefused, match="too long ago"):
        a_message(case, by=carla, at=LATER + timedelta(days=8))
    assert Message.objects.filter(case=case).count() == 1


def test_a_clients_message_ends_waiting_for_the_client(ada: Person, carla: Person) -> None:
    case = a_case(carla, at=NOON)
    a_message(case, by=ada, at=LATER, then=Move.WAIT_FOR_CLIENT)
    assert fresh(case).state == "waiting"
    a_message(case, by=carla, at=LATER + timedelta(hours=1))
    assert fresh(case).state == "open"


def test_the_oldest_unanswered_message_counts(ada: Person, carla: Person) -> None:
    case = a_case(carla, at=NOON)
    a_message(case, by=carla, at=LATER)
    assert fresh(case).unanswered_since == NOON


def test_an_answer_to_an_old_version_is_refused_and_nothing_leaves(
    ada: Person, ben: Person, carla: Person
) -> None:
    case = a_case(carla)
    a_message(case, by=ben)
    before = Entry.objects.count()
    with pytest.raises(CaseChanged):
        a_message(case, by=ada, seen_version=1)
    assert (Entry.objects.count(), Message.objects.count()) == (before, 2)


def test_an_empty_answer_is_refused(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    with pytest.raises(Refused, match="Write something"):
        a_message(case, by=ada, text=" \n ")


def test_a_stranger_cannot_write_and_nothing_changes(carla: Person, gil: Person) -> None:
    case = a_case(carla)
    with pytest.raises(Refused, match="may not write"):
        a_message(case, by=gil)
    assert (fresh(case).version, Message.objects.count()) == (case.version, 1)


def test_a_client_cannot_write_an_internal_note(carla: Person) -> None:
    case = a_case(carla)
    with pytest.raises(Refused, match="Only our own people"):
        a_note(case, by=carla)


def test_an_automatic_message_neither_reopens_nor_answers(ada: Person, carla: Person) -> None:
    case = a_case(carla, at=NOON)
    move(case, Move.RESOLVE, by=Actor.of(ada), at=LATER)
    writing = Writing(text="I am away.", channel="email", is_automatic=True)
    reply(case, writing, by=Actor.of(carla), at=LATER)
    assert fresh(case).state == "resolved"


def test_reply_and_resolve_is_one_step(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    a_message(case, by=ada, then=Move.RESOLVE)
    assert fresh(case).state == "resolved"
    assert fresh(case).version == case.version + 1
