"""Each figure of the chats, as `chat/measures/README.md` defines it, written by the doors."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from chat.actions.ending import end
from chat.actions.handing_over import accept, transfer
from chat.actions.rating import rate
from chat.hours import reply_seconds
from chat.idle.sweeping import sweep
from chat.measures.models import Figures
from chat.measures.reading import Day, days
from chat.models import Conversation
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person
from tests.chat.talk import a_client, a_conversation, an_answer

# Monday 2 March 2026, 10:30 in Melbourne.
START = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
ZONE = ZoneInfo("Australia/Melbourne")


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def the_day() -> Day:
    [day] = days(now=at(3600), zone=ZONE, count=1)
    return day


@pytest.fixture
def talk(carla: Person) -> Conversation:
    return a_conversation(a_client(carla), at=START)


def test_a_chat_that_begins_is_counted_on_the_day_of_the_desk(talk: Conversation) -> None:
    assert the_day() == Day(on=date(2026, 3, 2), begun=1)


def test_a_message_that_was_left_is_no_chat(carla: Person, ada: Person) -> None:
    left = a_conversation(a_client(carla), is_live=False, at=START)
    accept(left, by=ada, at=at(9000))
    an_answer(left, ada, at=at(9060))
    assert the_day() == Day(on=date(2026, 3, 2), messages=1, most_at_once=1)


def test_waiting_ends_when_one_of_ours_first_takes_the_chat(
    talk: Conversation, gil: Person, ada: Person, ben: Person
) -> None:
    other = a_conversation(a_client(gil), at=START)
    accept(talk, by=ada, at=at(20))
    transfer(talk, to=ben, by=ada, at=at(900))
    accept(other, by=ben, at=at(40))
    day = the_day()
    assert (day.accepted, day.mean_wait, day.longest_wait) == (2, 30.0, 40)


def test_a_chat_handed_on_before_anybody_took_it_waited_until_then(
    talk: Conversation, ada: Person, ben: Person
) -> None:
    transfer(talk, to=ben, by=ada, at=at(50))
    assert (the_day().accepted, the_day().mean_wait) == (1, 50.0)


def test_the_first_reply_is_the_first_that_the_client_may_read(
    talk: Conversation, ada: Person
) -> None:
    accept(talk, by=ada, at=at(10))
    an_answer(talk, ada, "Who is this?", is_whisper=True, at=at(20))
    assert the_day().mean_reply is None
    an_answer(talk, ada, at=at(65))
    an_answer(talk, ada, "One more.", at=at(300))
    assert (the_day().answered, the_day().mean_reply) == (1, 65.0)


def test_who_ends_the_chat_before_an_answer_abandoned_it(talk: Conversation) -> None:
    end(talk, who=Conversation.EndedBy.CLIENT, by=Actor(None, "Carla"))
    assert (the_day().abandoned, the_day().share_abandoned) == (1, 1.0)


def test_who_left_before_an_answer_abandoned_it_once(talk: Conversation, ada: Person) -> None:
    for half_minute in range(1, 10):
        sweep(now=at(30 * half_minute))
    accept(talk, by=ada, at=at(9000))
    an_answer(talk, ada, at=at(9060))
    end(talk, who=Conversation.EndedBy.CLIENT, by=Actor(None, "Carla"))
    assert the_day() == Day(on=date(2026, 3, 2), begun=1, abandoned=1, most_at_once=1)


def test_an_end_by_us_or_after_an_answer_is_no_abandonment(
    talk: Conversation, gil: Person, ada: Person
) -> None:
    an_answer(talk, ada, at=at(5))
    end(talk, who=Conversation.EndedBy.CLIENT, by=Actor(None, "Carla"))
    other = a_conversation(a_client(gil), at=START)
    end(other, who=Conversation.EndedBy.AGENT, by=Actor.of(ada))
    assert the_day().abandoned == 0


def test_the_most_at_once_stays(talk: Conversation, gil: Person, ada: Person) -> None:
    other = a_conversation(a_client(gil), at=START)
    accept(talk, by=ada, at=at(1))
    accept(other, by=ada, at=at(2))
    end(talk, who=Conversation.EndedBy.DESK, by=SYSTEM)
    transfer(other, to=ada, by=ada, at=at(3))
    assert the_day().most_at_once == 2


def test_what_clients_say_at_the_end_is_counted_once(talk: Conversation, ada: Person) -> None:
    an_answer(talk, ada, at=at(5))
    end(talk, who=Conversation.EndedBy.AGENT, by=Actor.of(ada))
    for is_good in (True, False):
        rate(talk, is_good=is_good, by=Actor(None, "Carla"), at=at(60))
    assert (the_day().good, the_day().bad, the_day().share_good) == (1, 0, 1.0)


def test_a_refused_or_repeated_door_counts_nothing(talk: Conversation, ada: Person) -> None:
    for _ in range(2):
        accept(talk, by=ada, at=at(20))
        end(talk, who=Conversation.EndedBy.CLIENT, by=Actor(None, "Carla"))
        break
    end(talk, who=Conversation.EndedBy.CLIENT, by=Actor(None, "Carla"))
    assert (the_day().accepted, the_day().abandoned) == (1, 1)


def test_days_before_are_shown_even_when_nothing_happened(talk: Conversation) -> None:
    found = days(now=at(86_400), zone=ZONE, count=3)
    assert [(day.on.day, day.begun) for day in found] == [(3, 0), (2, 1), (1, 0)]


@pytest.mark.django_db(transaction=True)
def test_chats_that_begin_at_once_are_all_counted(carla: Person) -> None:
    clients = [a_client(carla) for _ in range(24)]

    def begin(number: int) -> None:
        try:
            a_conversation(clients[number], at=START)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(begin, range(24)))
    assert the_day().begun == 24
    assert Figures.objects.count() <= 8


def test_the_expected_reply_leaves_out_messages_of_the_night(carla: Person, ada: Person) -> None:
    left = a_conversation(a_client(carla), is_live=False, at=START)
    accept(left, by=ada, at=at(36_000))
    an_answer(left, ada, at=at(36_060))
    assert reply_seconds(now=at(36_120)) is None
