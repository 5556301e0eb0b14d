"""Who of ours talks."""

import pytest

from cases.actions.refusing import Refused
from chat.actions.handing_over import accept, transfer
from chat.models import Conversation
from helpdesk.people.models import Person, Team
from tests.chat.talk import a_client, a_conversation


@pytest.fixture
def conversation(carla: Person) -> Conversation:
    return a_conversation(a_client(carla))


def test_who_accepts_has_the_chat_and_its_case(conversation: Conversation, ada: Person) -> None:
    taken = accept(conversation, by=ada)
    assert (taken.state, taken.agent) == ("active", ada)
    assert taken.case.__class__.objects.get(pk=taken.case_id).assignee == ada


def test_of_two_who_accept_the_second_is_told_who_was_first(
    conversation: Conversation, ada: Person, ben: Person
) -> None:
    accept(conversation, by=ada)
    with pytest.raises(Refused, match="Ada Lovelace has this chat"):
        accept(conversation, by=ben)
    assert Conversation.objects.get().agent == ada


def test_no_client_accepts(conversation: Conversation, carla: Person) -> None:
    with pytest.raises(Refused, match="does not work at this desk"):
        accept(conversation, by=carla)
    assert Conversation.objects.get().state == "waiting"


def test_a_colleague_gets_the_chat_with_a_note_that_no_client_reads(
    conversation: Conversation, ada: Person, ben: Person
) -> None:
    accept(conversation, by=ada)
    given = transfer(conversation, to=ben, by=ada, note="About exports.")
    assert (given.agent, given.state) == (ben, "active")
    assert given.lines.get(kind="whispered").text == "About exports."
    public = given.lines.public().order_by("number")
    assert [line.kind for line in public] == ["said", "accepted", "accepted"]


def test_a_team_finds_the_chat_waiting(
    conversation: Conversation, ada: Person, first_line: Team
) -> None:
    accept(conversation, by=ada)
    given = transfer(conversation, to=first_line, by=ada)
    assert (given.agent, given.team, given.state) == (None, first_line, "waiting")
