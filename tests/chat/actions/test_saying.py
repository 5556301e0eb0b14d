"""Lines are numbered under a lock, said once, and whispers leave no trace."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from cases.actions.refusing import Refused
from chat import wire
from chat.actions.ending import end
from chat.actions.saying import Saying, TooFast, say_as_client
from chat.models import Conversation, Line
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Person
from tests.chat.talk import a_client, a_conversation, a_line, an_answer, numbers_of, saying


def test_lines_are_numbered_without_a_gap_and_a_whisper_has_no_public_number(
    carla: Person, ada: Person
) -> None:
    conversation = a_conversation(a_client(carla))
    an_answer(conversation, ada)
    an_answer(conversation, ada, "They never pay.", is_whisper=True)
    a_line(conversation, "Thank you.")
    assert numbers_of(conversation) == [(1, 1), (2, 2), (3, 3), (4, None), (5, 4)]


def test_who_answers_a_waiting_chat_has_it(carla: Person, ada: Person, ben: Person) -> None:
    conversation = a_conversation(a_client(carla))
    an_answer(conversation, ada)
    an_answer(conversation, ben)
    conversation.refresh_from_db()
    assert (conversation.state, conversation.agent) == ("active", ada)
    kinds = [line.kind for line in conversation.lines.order_by("number")]
    assert kinds == ["said", "accepted", "said", "said"]


def test_an_answer_to_a_message_that_was_left_takes_nothing(carla: Person, ada: Person) -> None:
    conversation = a_conversation(a_client(carla), is_live=False)
    an_answer(conversation, ada)
    conversation.refresh_from_db()
    assert (conversation.state, conversation.agent) == ("message", None)


def test_a_client_reads_nothing_of_a_whisper(carla: Person, ada: Person) -> None:
    conversation = a_conversation(a_client(carla))
    before = wire.news_for_client(Conversation.objects.get(), after=0)
    an_answer(conversation, ada, "They never pay.", is_whisper=True)
    assert wire.news_for_client(Conversation.objects.get(), after=0) == before


def test_a_line_that_is_sent_again_is_said_once(carla: Person) -> None:
    conversation = a_conversation(a_client(carla))
    line = saying("Hello?", client_id="the-same-id")
    said = [say_as_client(conversation, line, visit=conversation.visit) for _ in range(2)]
    assert said[0] == said[1]
    assert conversation.lines.filter(text="Hello?").count() == 1


def test_nobody_uses_up_the_id_of_another(carla: Person, ada: Person) -> None:
    conversation = a_conversation(a_client(carla))
    line = saying("Hello?", client_id=f"{ada.pk}:some-id")
    say_as_client(conversation, line, visit=conversation.visit)
    an_answer(conversation, ada, "Hello!")
    assert conversation.lines.filter(kind="said").count() == 3


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_have_twenty_numbers(carla: Person) -> None:
    conversation = a_conversation(a_client(carla))

    def say(number: int) -> None:
        a_line(conversation, f"Line {number}")
        connection.close()

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(say, range(20)))
    assert [number for number, _ in numbers_of(conversation)] == list(range(1, 22))


def test_more_than_a_person_writes_is_refused(carla: Person) -> None:
    now = datetime.now(UTC)
    conversation = a_conversation(a_client(carla), at=now)
    for number in range(30):
        a_line(conversation, f"Line {number}", at=now)
    with pytest.raises(TooFast):
        a_line(conversation, "One more", at=now)
    assert conversation.lines.count() == 31


def test_an_ended_chat_takes_nothing(carla: Person) -> None:
    conversation = a_conversation(a_client(carla))
    end(conversation, who=Conversation.EndedBy.DESK, by=SYSTEM)
    with pytest.raises(Refused, match="has ended"):
        a_line(conversation, "Hello?")


def test_no_client_answers_for_us(carla: Person) -> None:
    conversation = a_conversation(a_client(carla))
    with pytest.raises(Refused, match="our own people"):
        an_answer(conversation, carla)
    assert conversation.lines.count() == 1


@pytest.mark.parametrize(("seconds", "is_kept"), [(5, False), (20, True), (-60, False)])
def test_what_was_written_before_it_could_be_sent_is_marked_so(
    seconds: int, is_kept: bool, carla: Person
) -> None:
    now = datetime.now(UTC)
    conversation = a_conversation(a_client(carla), at=now)
    written = Saying(
        text="x", client_id="an-id-of-mine", written_at=now - timedelta(seconds=seconds)
    )
    line = say_as_client(conversation, written, visit=conversation.visit, at=now)
    assert (line.written_at is not None) is is_kept


def test_only_what_was_said_is_filed(carla: Person, ada: Person) -> None:
    conversation = a_conversation(a_client(carla))
    an_answer(conversation, ada)
    waiting = Line.objects.filter(filing_due_at__isnull=False)
    assert [line.text for line in waiting] == ["I look at it."]
