"""A colleague in a chat beside its agent."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.refusing import Refused
from chat.actions.ending import end
from chat.actions.handing_over import accept, transfer
from chat.actions.inviting import invite, leave
from chat.companions.models import Companion
from chat.models import Conversation
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.chat.talk import a_client, a_conversation, an_answer

Browser = Callable[[Person], Client]


@pytest.fixture
def chat(carla: Person, ada: Person) -> Conversation:
    return accept(a_conversation(a_client(carla)), by=ada)


def public_kinds(chat: Conversation) -> list[str]:
    return [line.kind for line in chat.lines.public().order_by("number")]


def shown_in_mine(browser: Client) -> bool:
    return "Carla Rossi" in browser.get(reverse("inbox:inbox"), {"show": "mine"}).text


def test_both_write_and_one_has_the_chat(chat: Conversation, ada: Person, ben: Person) -> None:
    invite(chat, ben, by=ada)
    said = [an_answer(chat, person).author for person in (ben, ada)]
    chat.refresh_from_db()
    assert (said, chat.agent, chat.case.assignee) == ([ben, ada], ada, ada)


def test_both_have_it_in_mine(
    chat: Conversation, ada: Person, ben: Person, lea: Person, client_as: Browser
) -> None:
    invite(chat, ben, by=ada)
    assert [shown_in_mine(client_as(one)) for one in (ada, ben, lea)] == [True, True, False]


def test_the_client_reads_who_has_come_and_not_the_note(
    chat: Conversation, ada: Person, ben: Person
) -> None:
    invite(chat, ben, by=ada, note="They never pay.")
    assert chat.lines.get(kind="whispered").text == "They never pay."
    assert public_kinds(chat) == ["said", "accepted", "invited"]
    assert chat.lines.get(kind="invited").text == "Ben Okri"


def test_who_is_in_it_already_is_not_brought_in_again(
    chat: Conversation, ada: Person, ben: Person
) -> None:
    invite(chat, ben, by=ada)
    invite(chat, ben, by=ada)
    assert public_kinds(chat).count("invited") == 1
    with pytest.raises(Refused, match="Ada Lovelace has this chat already"):
        invite(chat, ada, by=ben)


def test_nobody_is_brought_into_a_chat_that_waits(carla: Person, ada: Person, ben: Person) -> None:
    with pytest.raises(Refused, match="Take the chat first"):
        invite(a_conversation(a_client(carla)), ben, by=ada)
    assert Companion.objects.count() == 0


@pytest.mark.parametrize("who", ["carla", "gil"])
def test_no_client_is_brought_in_or_brings_in(
    who: str, chat: Conversation, ada: Person, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    for colleague, by in ((person, ada), (ada, person)):
        with pytest.raises(Refused, match="does not work at this desk"):
            invite(chat, colleague, by=by)
    assert Companion.objects.count() == 0


def test_who_leaves_has_it_no_more(chat: Conversation, ada: Person, ben: Person) -> None:
    invite(chat, ben, by=ada)
    leave(chat, by=ben)
    leave(chat, by=ben)
    assert public_kinds(chat)[-2:] == ["invited", "went"]
    assert Companion.objects.count() == 0


def test_a_companion_to_whom_it_is_handed_has_it_once(
    chat: Conversation, ada: Person, ben: Person
) -> None:
    invite(chat, ben, by=ada)
    transfer(chat, to=ben, by=ada)
    assert Companion.objects.count() == 0


def test_with_the_end_everybody_is_out(chat: Conversation, ada: Person, ben: Person) -> None:
    invite(chat, ben, by=ada)
    end(chat, who=Conversation.EndedBy.AGENT, by=Actor.of(ada))
    assert Companion.objects.count() == 0
