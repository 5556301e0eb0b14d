"""Waiting chats are given to our people in turn, each to one, and taken back in time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test import Client
from django.urls import reverse

from chat import presence
from chat.actions.ending import end
from chat.actions.handing_over import accept, transfer
from chat.allotting.giving import give_waiting, take_back_due
from chat.allotting.models import Offer, Profile, Rule, Skill
from chat.models import Availability, Conversation
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person, Team
from tests.chat.talk import a_client, a_conversation, a_guest, a_site, an_answer

NOW = datetime.now(UTC)
LATER = NOW + timedelta(seconds=46)


def here(*people: Person) -> None:
    """They have the inbox open."""
    for person in people:
        async_to_sync(presence.see)(presence.of_agent(person.pk))


def most(person: Person, number: int) -> None:
    Availability.objects.create(person=person, most_at_once=number)


def given_to() -> list[str]:
    """Whose the waiting chats are now, in the order of the chats."""
    standing = Offer.objects.unsettled().order_by("conversation")
    return list(standing.values_list("person__username", flat=True))


def outcomes() -> list[tuple[str, str]]:
    return list(Offer.objects.order_by("pk").values_list("person__username", "outcome"))


@pytest.fixture
def rule(db: None) -> Rule:
    return Rule.objects.create(site=a_site(), way=Rule.Way.AUTOMATIC, answer_seconds=45)


@pytest.fixture
def chat(rule: Rule, carla: Person) -> Conversation:
    return a_conversation(a_client(carla))


def test_a_waiting_chat_is_given_to_whoever_is_here(chat: Conversation, ada: Person) -> None:
    here(ada)
    assert give_waiting(at=NOW) == 1
    offer = chat.offers.get()
    assert (offer.person, offer.due_at) == (ada, NOW + timedelta(seconds=45))


def test_a_given_chat_is_not_given_again(chat: Conversation, ada: Person, ben: Person) -> None:
    here(ada, ben)
    assert [give_waiting(at=NOW), give_waiting(at=NOW)] == [1, 0]


def test_where_agents_take_their_chats_none_is_given(
    chat: Conversation, rule: Rule, ada: Person
) -> None:
    Rule.objects.update(way=Rule.Way.ACCEPT)
    here(ada)
    assert give_waiting(at=NOW) == 0


def test_nobody_who_is_away_or_has_no_inbox_open_is_given_any(
    chat: Conversation, ada: Person, ben: Person
) -> None:
    here(ada)
    Availability.objects.create(person=ada, is_away=True)
    assert give_waiting(at=NOW) == 0


def test_who_comes_back_is_given_what_waits(chat: Conversation, ada: Person) -> None:
    here(ada)
    away = Availability.objects.create(person=ada, is_away=True)
    give_waiting(at=NOW)
    Availability.objects.filter(pk=away.pk).update(is_away=False)
    assert give_waiting(at=NOW) == 1


def test_chats_go_round(rule: Rule, ada: Person, ben: Person) -> None:
    here(ada, ben)
    for minute in range(4):
        a_conversation(a_guest(email=f"vic{minute}@home.example"))
        give_waiting(at=NOW + timedelta(minutes=minute))
    assert given_to() == ["ada", "ben", "ada", "ben"]


def test_a_chat_that_waits_is_given_once_another_ends(
    chat: Conversation, ada: Person, gil: Person
) -> None:
    here(ada)
    most(ada, 1)
    accept(chat, by=ada)
    second = a_conversation(a_client(gil))
    assert give_waiting(at=NOW) == 0
    end(chat, who=Conversation.EndedBy.AGENT, by=Actor.of(ada))
    assert give_waiting(at=NOW) == 1
    assert second.offers.get().person == ada


def test_what_was_given_counts_as_in_hand(rule: Rule, ada: Person) -> None:
    here(ada)
    most(ada, 2)
    for number in range(3):
        a_conversation(a_guest(email=f"vic{number}@home.example"))
    assert give_waiting(at=NOW) == 2


def test_the_answer_of_the_form_is_the_wanted_skill(
    chat: Conversation, ada: Person, ben: Person
) -> None:
    here(ada, ben)
    Profile.objects.create(person=ben).skills.add(Skill.objects.create(name="Web"))
    Conversation.objects.update(answers={"Which product?": "web"})
    give_waiting(at=NOW)
    assert given_to() == ["ben"]


def test_the_region_of_the_client_is_preferred(
    chat: Conversation, ada: Person, ben: Person, carla: Person
) -> None:
    here(ada, ben)
    assert carla.organisation is not None
    Profile.objects.create(person=ben).regions.add(carla.organisation.region)
    give_waiting(at=NOW)
    assert given_to() == ["ben"]


def test_the_language_of_the_client_is_preferred(
    chat: Conversation, ada: Person, ben: Person, carla: Person
) -> None:
    here(ada, ben)
    Person.objects.filter(pk=carla.pk).update(language="de")
    Profile.objects.create(person=ben, languages="en, de")
    give_waiting(at=NOW)
    assert given_to() == ["ben"]


def test_a_chat_for_a_team_is_given_to_its_members(
    chat: Conversation, lea: Person, ada: Person, first_line: Team
) -> None:
    here(lea, ada)
    transfer(chat, to=first_line, by=lea)
    give_waiting(at=NOW)
    assert given_to() == ["ada"]


def test_who_does_not_answer_in_time_loses_it_to_the_next(
    chat: Conversation, ada: Person, ben: Person
) -> None:
    here(ada, ben)
    give_waiting(at=NOW)
    assert take_back_due(at=LATER) == 1
    give_waiting(at=LATER)
    assert outcomes() == [("ada", "lapsed"), ("ben", "open")]


def test_nothing_is_taken_back_before_its_time(chat: Conversation, ada: Person) -> None:
    here(ada)
    give_waiting(at=NOW)
    assert take_back_due(at=NOW + timedelta(seconds=44)) == 0


def test_a_chat_that_no_longer_waits_is_nobodys_lapse(chat: Conversation, ada: Person) -> None:
    here(ada)
    give_waiting(at=NOW)
    Conversation.objects.update(state=Conversation.State.MESSAGE)
    take_back_due(at=LATER)
    assert outcomes() == [("ada", "withdrawn")]


def test_who_is_alone_is_given_it_twice_and_no_more(chat: Conversation, ada: Person) -> None:
    here(ada)
    for minute in range(5):
        give_waiting(at=NOW + timedelta(minutes=minute))
        take_back_due(at=NOW + timedelta(minutes=minute, seconds=50))
    assert outcomes() == [("ada", "lapsed")] * 2


def test_an_answer_takes_the_chat_that_was_given(chat: Conversation, ada: Person) -> None:
    here(ada)
    give_waiting(at=NOW)
    an_answer(chat, ada)
    chat.refresh_from_db()
    assert (chat.state, chat.agent) == ("active", ada)
    assert outcomes() == [("ada", "taken")]
    assert take_back_due(at=LATER) == 0


def test_a_whisper_takes_nothing(chat: Conversation, ada: Person) -> None:
    here(ada)
    give_waiting(at=NOW)
    an_answer(chat, ada, is_whisper=True)
    assert outcomes() == [("ada", "open")]


def test_another_who_takes_it_withdraws_it(chat: Conversation, ada: Person, ben: Person) -> None:
    here(ada)
    give_waiting(at=NOW)
    accept(chat, by=ben)
    assert outcomes() == [("ada", "withdrawn")]


def test_a_client_who_ends_it_withdraws_it(chat: Conversation, ada: Person, carla: Person) -> None:
    here(ada)
    give_waiting(at=NOW)
    end(chat, who=Conversation.EndedBy.CLIENT, by=Actor.of(carla))
    assert outcomes() == [("ada", "withdrawn")]


def test_who_goes_away_gives_back_what_was_given(
    chat: Conversation, ada: Person, ben: Person, client_as: Callable[[Person], Client]
) -> None:
    here(ada, ben)
    give_waiting(at=NOW)
    client_as(ada).post(reverse("inbox:availability"), {"away": "yes"})
    give_waiting(at=NOW)
    assert outcomes() == [("ada", "withdrawn"), ("ben", "open")]


def test_a_given_chat_stands_in_mine(
    chat: Conversation, ada: Person, ben: Person, client_as: Callable[[Person], Client]
) -> None:
    here(ada)
    give_waiting(at=NOW)
    mine = reverse("inbox:inbox") + "?show=mine"
    assert "For you, answer by" in client_as(ada).get(mine).text
    assert "Carla Rossi" not in client_as(ben).get(mine).text


@pytest.mark.django_db(transaction=True)
def test_many_sweeps_at_once_give_each_chat_to_one_and_nobody_too_many(
    rule: Rule, ada: Person, ben: Person, lea: Person
) -> None:
    here(ada, ben, lea)
    for number in range(12):
        a_conversation(a_guest(email=f"vic{number}@home.example"))
    with ThreadPoolExecutor(6) as pool:
        given = sum(pool.map(lambda _: _apart(give_waiting), range(6)))
    assert given == 9
    assert sorted(given_to()) == ["ada"] * 3 + ["ben"] * 3 + ["lea"] * 3


def _apart(sweep: Callable[..., int]) -> int:
    try:
        return sweep(at=NOW)
    finally:
        connection.close()
