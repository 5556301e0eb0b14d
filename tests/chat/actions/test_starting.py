"""A conversation begins with its first message, and with a case."""

import pytest

from cases.actions.refusing import Refused
from cases.models import Case
from chat.actions.starting import Beginning, start
from chat.models import Conversation
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.chat.talk import WORDS, a_client, a_conversation, a_guest, saying


def test_an_opened_pop_up_makes_no_case(carla: Person) -> None:
    a_client(carla)
    assert (Case.objects.count(), Conversation.objects.count()) == (0, 0)


def test_the_first_message_makes_a_case_with_a_number(carla: Person) -> None:
    case = a_conversation(a_client(carla)).case
    assert (case.client, case.channel, case.subject) == (carla, "chat", WORDS)
    assert case.messages.get().text == WORDS
    assert case.number > 0


def test_the_same_id_again_makes_nothing_twice(carla: Person) -> None:
    visit, first = a_client(carla).visit, saying("Hello.", client_id="the-same-id")
    one, two = (start(visit, Beginning(saying=first, is_live=True)) for _ in range(2))
    assert one == two
    assert (Case.objects.count(), one.lines.count()) == (1, 1)


def test_with_nobody_there_it_is_left_as_a_message(carla: Person) -> None:
    conversation = a_conversation(a_client(carla), is_live=False)
    assert conversation.state == Conversation.State.MESSAGE


def test_a_claimed_address_gives_the_owner_the_case_and_the_claimer_no_other(
    carla: Person,
) -> None:
    a_case(carla)
    known = a_conversation(a_client(carla))
    guest = a_guest(email="carla@acme.example")
    claimed = a_conversation(guest)
    assert claimed.case.client == carla
    assert list(Conversation.objects.held_by(guest.visit)) == [claimed]
    assert list(Conversation.objects.held_by(known.visit)) == [known]


def test_nobody_writes_as_one_of_ours(ada: Person) -> None:
    with pytest.raises(Refused, match="Give another one"):
        a_conversation(a_guest(email="ada@desk.example"))
    assert Case.objects.count() == 0


def test_a_first_message_without_words_is_refused(carla: Person) -> None:
    with pytest.raises(Refused, match="Write something"):
        a_conversation(a_client(carla), text="  ")
    assert Case.objects.count() == 0
