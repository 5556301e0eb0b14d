"""A thread as one person reads it."""

from datetime import timedelta

import pytest

from cases.models import Case
from cases.thread.models import Message, Visibility
from cases.thread.reading import Thread, thread_of
from helpdesk.people.models import Person
from tests.builders import a_case, a_note


@pytest.fixture
def long_case(carla: Person) -> Case:
    """A case with fifty-two messages: the first one, and 1 to 51."""
    case = a_case(carla, details="0")
    Message.objects.bulk_create(
        Message(
            case=case,
            visibility=Visibility.PUBLIC,
            author=carla,
            author_label=carla.name,
            channel="portal",
            text=str(number),
            at=case.created_at + timedelta(minutes=number),
        )
        for number in range(1, 52)
    )
    return case


def texts(thread: Thread) -> list[str]:
    return [moment.message.text for moment in thread.moments if moment.message]


def test_a_long_thread_begins_with_its_newest_fifty_messages(long_case: Case, ada: Person) -> None:
    thread = thread_of(long_case, reader=ada)
    assert texts(thread) == [str(number) for number in range(2, 52)]
    assert thread.earlier == 2


def test_all_of_a_long_thread_is_shown_to_who_asks(long_case: Case, ada: Person) -> None:
    thread = thread_of(long_case, reader=ada, everything=True)
    assert texts(thread) == [str(number) for number in range(52)]
    assert thread.earlier == 0


def test_what_a_client_may_not_read_is_not_counted(
    long_case: Case, ada: Person, carla: Person
) -> None:
    a_note(long_case, by=ada)
    assert thread_of(long_case, reader=carla).earlier == 2
