"""Keeping canned replies."""

from datetime import UTC, datetime

import pytest

from cases.actions.refusing import Refused
from chat.canned import writing
from chat.canned.models import CannedReply
from chat.canned.offering import replies_for
from helpdesk.people.models import Person
from tests.chat.talk import a_client, a_conversation, a_guest


def a_reply(
    by: Person, *, name: str = "Greeting", text: str = "Hello.", is_shared: bool = False
) -> CannedReply:
    now = datetime.now(UTC)
    return writing.write(CannedReply(), name=name, text=text, is_shared=is_shared, by=by, at=now)


def test_an_unknown_variable_is_refused_with_those_that_there_are(ada: Person) -> None:
    with pytest.raises(Refused, match=r"no variable \{clinet\}.*\{client\}"):
        a_reply(ada, text="Hello {clinet}")
    assert CannedReply.objects.count() == 0


@pytest.mark.parametrize("is_shared", [True, False])
def test_a_name_is_taken_once_whatever_its_letter_case(ada: Person, is_shared: bool) -> None:
    a_reply(ada, is_shared=is_shared)
    with pytest.raises(Refused, match="reply of this name already"):
        a_reply(ada, name="GREETING", is_shared=is_shared)
    assert CannedReply.objects.count() == 1


def test_two_people_may_each_have_one_of_the_same_name(ada: Person, ben: Person) -> None:
    a_reply(ada)
    a_reply(ben)
    a_reply(ben, is_shared=True)
    assert CannedReply.objects.count() == 3


def test_so_many_of_ones_own_and_no_more(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_OWN", 1)
    a_reply(ada)
    with pytest.raises(Refused, match="1 replies already"):
        a_reply(ada, name="Another")
    a_reply(ada, name="Another", is_shared=True)


def test_a_reply_of_somebody_else_is_seen_by_nobody(ada: Person, ben: Person) -> None:
    a_reply(ben)
    shared = a_reply(ben, name="Hours", is_shared=True)
    assert list(CannedReply.objects.visible_to(ada)) == [shared]


def test_no_client_sees_any(ada: Person, carla: Person) -> None:
    a_reply(ada, is_shared=True)
    assert not CannedReply.objects.visible_to(carla).exists()


def test_a_reply_is_filled_with_the_chat(ada: Person, carla: Person) -> None:
    chat = a_conversation(a_client(carla))
    a_reply(ada, text="Hello {first_name} of {organisation}: {case}, {agent} at {site}.")
    (offered,) = replies_for(chat, "greet", by=ada)
    number = chat.case.shown_number
    assert offered.text == f"Hello Carla of Acme: {number}, Ada Lovelace at Help Center."


def test_a_guest_has_no_organisation(ada: Person) -> None:
    chat = a_conversation(a_guest())
    a_reply(ada, text="{client}{organisation}")
    assert replies_for(chat, "", by=ada)[0].text == "Vic"


def test_those_whose_name_begins_so_come_first(ada: Person, carla: Person) -> None:
    chat = a_conversation(a_client(carla))
    a_reply(ada, name="A price", text="Ask for our hours.")
    a_reply(ada, name="Hours", text="We are here from ten.")
    assert [one.name for one in replies_for(chat, "hours", by=ada)] == ["Hours", "A price"]


def test_every_word_is_looked_for(ada: Person, carla: Person) -> None:
    chat = a_conversation(a_client(carla))
    a_reply(ada, name="Export", text="Limit of rows.")
    a_reply(ada, name="Import", text="Limit of files.")
    assert [one.name for one in replies_for(chat, "limit rows", by=ada)] == ["Export"]
