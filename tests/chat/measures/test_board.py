"""The live board: waiting, agents, chats each, today; one picture for everybody."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse

from chat import presence
from chat.actions.handing_over import accept
from chat.measures.board import Seat, board
from chat.models import Availability, Conversation
from helpdesk.people.models import Person
from tests.chat.talk import a_client, a_conversation

START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.fixture
def waiting(carla: Person) -> Conversation:
    return a_conversation(a_client(carla), at=START)


def be_here(person: Person) -> None:
    async_to_sync(presence.see)(presence.of_agent(person.pk))


def test_it_shows_who_waits_and_how_long(waiting: Conversation, gil: Person) -> None:
    a_conversation(a_client(gil), at=at(30))
    shown = board(now=at(90))
    assert (shown.waiting, shown.waits_seconds, shown.in_talk) == (2, 90, 0)


def test_it_shows_who_is_here_and_the_chats_of_each(
    waiting: Conversation, ada: Person, ben: Person, lea: Person
) -> None:
    be_here(ben)
    be_here(lea)
    Availability.objects.create(person=lea, is_away=True)
    Availability.objects.create(person=ada, most_at_once=1)
    accept(waiting, by=ada, at=at(20))
    shown = board(now=at(90))
    assert shown.seats == [
        Seat(ada.name, is_here=False, is_away=False, chats=1, most=1),
        Seat(ben.name, is_here=True, is_away=False, chats=0, most=3),
        Seat(lea.name, is_here=True, is_away=True, chats=0, most=3),
    ]
    assert (shown.here, shown.in_talk, shown.seats[0].is_full) == (1, 1, True)


def test_it_is_at_most_two_seconds_old(waiting: Conversation, ada: Person) -> None:
    board(now=at(0))
    accept(waiting, by=ada, at=at(0.1))
    assert [board(now=at(seconds)).waiting for seconds in (0.5, 2)] == [1, 0]


def test_while_one_makes_it_anew_the_others_read_the_last(
    waiting: Conversation, ada: Person, django_assert_num_queries: Callable[[int], object]
) -> None:
    board(now=at(0))
    board(now=at(1.2))
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert board(now=at(2.3)).waiting == 1


def test_nothing_at_all_is_told_as_such(ada: Person, client_as: Callable[[Person], Client]) -> None:
    page = client_as(ada).get(reverse("inbox:board")).text
    assert "Nobody is at the chats" in page
    assert page.count("–") >= 4


def test_a_watcher_asks_the_database_for_nothing_but_themselves(
    waiting: Conversation,
    ada: Person,
    client_as: Callable[[Person], Client],
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    browser, address = client_as(ada), reverse("inbox:board") + "?part=live"
    browser.get(address)
    with django_assert_max_num_queries(2):  # type: ignore[attr-defined]
        part = browser.get(address).text
    assert ("<html" in part, "Waiting now" in part) == (False, True)
