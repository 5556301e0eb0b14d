"""Blocking: why, how long, whom; the visitor gets a sentence, and nobody else is hit."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.actions.refusing import Refused
from cases.models import Case
from chat.actions.handing_over import accept
from chat.blocking.barring import block, lift
from chat.blocking.models import Block
from chat.blocking.standing import Blocked, standing_block
from chat.enclosing import keep
from chat.identity.visiting import Opened
from chat.models import Conversation
from helpdesk.attachments.models import StoredFile
from helpdesk.journal.models import Entry
from helpdesk.people.models import Person
from tests.chat.talk import a_client, a_conversation, a_guest, a_line, an_answer

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SENTENCE = (
    "You cannot write in this chat until tomorrow 12:00 (Melbourne). Write to us by e-mail instead."
)


@pytest.fixture
def opened(carla: Person) -> Opened:
    return a_client(carla)


@pytest.fixture
def talk(opened: Opened) -> Conversation:
    return a_conversation(opened, at=NOW)


def blocked(conversation: Conversation, ada: Person, *, covers_address: bool = True) -> Block:
    return block(
        conversation, by=ada, reason="Spam.", lasts=DAY, covers_address=covers_address, at=NOW
    )


def test_their_open_chats_end_with_the_sentence(
    talk: Conversation, opened: Opened, ada: Person
) -> None:
    accept(talk, by=ada, at=NOW)
    an_answer(talk, ada, at=NOW)
    other = a_conversation(opened, text="And this.", at=NOW)
    blocked(talk, ada)
    ended = Conversation.objects.filter(pk__in=[talk.pk, other.pk])
    assert set(ended.values_list("state", "rating")) == {("ended", "")}
    assert talk.lines.latest("number").text == SENTENCE


def test_they_neither_start_nor_say_nor_upload(
    talk: Conversation, opened: Opened, ada: Person
) -> None:
    blocked(talk, ada)
    upload = SimpleUploadedFile("log.txt", b"rows: 0")
    for attempt in (
        lambda: a_conversation(opened, at=NOW),
        lambda: a_line(talk, "Hello?", at=NOW),
        lambda: keep(upload, of=opened.visit, at=NOW),
    ):
        with pytest.raises(Blocked) as refusal:
            attempt()
        assert str(refusal.value) == SENTENCE
    assert (Case.objects.count(), StoredFile.objects.count(), talk.lines.count()) == (1, 0, 2)


def test_a_page_that_they_open_next_makes_no_difference(
    talk: Conversation, ada: Person, carla: Person
) -> None:
    blocked(talk, ada)
    with pytest.raises(Blocked):
        a_conversation(a_client(carla), at=NOW)


def test_it_ends_by_itself_and_can_be_lifted(
    talk: Conversation, opened: Opened, ada: Person, ben: Person
) -> None:
    made = blocked(talk, ada)
    assert standing_block(opened.visit, at=NOW + DAY) is None
    assert standing_block(opened.visit, at=NOW + DAY - timedelta(seconds=1)) == made
    for _ in range(2):
        lift(made, by=ben, at=NOW)
    assert a_conversation(opened, text="Sorry.", at=NOW).state == "waiting"
    kinds = Entry.objects.filter(kind__in=["chat.blocked", "chat.unblocked"]).order_by("pk")
    assert [(entry.kind, entry.actor) for entry in kinds] == [
        ("chat.blocked", ada),
        ("chat.unblocked", ben),
    ]


def test_without_an_end_it_stands_until_it_is_lifted(
    talk: Conversation, opened: Opened, ada: Person
) -> None:
    block(talk, by=ada, reason="Threats.", lasts=None, at=NOW)
    with pytest.raises(Blocked, match="any more"):
        a_conversation(opened, at=NOW + 1000 * DAY)


def test_the_journal_of_the_case_tells_why_to_ours_alone(talk: Conversation, ada: Person) -> None:
    blocked(talk, ada)
    entry = Entry.objects.get(kind="chat.blocked")
    assert (entry.audience, entry.subject_id) == ("agents", talk.case_id)
    assert (entry.data["reason"], entry.data["until"]) == ("Spam.", "2026-11-24 01:00 UTC")


def test_a_reason_is_wanted(talk: Conversation, ada: Person) -> None:
    with pytest.raises(Refused, match="Say why"):
        block(talk, by=ada, reason="  ", lasts=DAY, at=NOW)
    assert (Block.objects.count(), Conversation.objects.get().state) == (0, "waiting")


def test_no_client_blocks(talk: Conversation, carla: Person) -> None:
    with pytest.raises(Refused, match="does not work"):
        block(talk, by=carla, reason="Spam.", lasts=DAY, at=NOW)
    assert not Block.objects.exists()


def test_a_claimed_address_is_blocked_in_every_browser_but_not_its_owner(
    ada: Person, carla: Person
) -> None:
    blocked(a_conversation(a_guest(email=carla.email), at=NOW), ada)
    with pytest.raises(Blocked):
        a_conversation(a_guest(email=carla.email), at=NOW)
    assert a_conversation(a_client(carla), at=NOW).state == "waiting"


def test_of_a_browser_alone_the_address_goes_free(ada: Person) -> None:
    guest = a_guest()
    blocked(a_conversation(guest, at=NOW), ada, covers_address=False)
    with pytest.raises(Blocked):
        a_conversation(guest, at=NOW)
    assert a_conversation(a_guest(), at=NOW).state == "waiting"


def test_nobody_else_is_hit(talk: Conversation, ada: Person, gil: Person) -> None:
    other = a_conversation(a_client(gil), at=NOW)
    blocked(talk, ada)
    a_line(other, "Still here.", at=NOW)
    assert other.lines.count() == 2


def test_over_http_the_visitor_reads_the_sentence(
    talk: Conversation, opened: Opened, ada: Person, client: Client
) -> None:
    block(talk, by=ada, reason="Spam.", lasts=None, at=NOW)
    headers = {"Authorization": f"Visit {opened.secret}"}
    content = json.dumps({"id": "an-id-of-mine", "text": "Hello."})
    answer = client.post(
        reverse("chat:conversations"), content, content_type="application/json", headers=headers
    )
    assert (answer.status_code, "any more" in answer.json()["error"]) == (422, True)
    assert Conversation.objects.count() == 1


def test_an_agent_blocks_and_lifts_in_the_inbox(
    talk: Conversation, ada: Person, client_as: Callable[[Person], Client]
) -> None:
    browser = client_as(ada)
    browser.post(reverse("inbox:block", args=[talk.pk]), {"reason": "Spam.", "lasts": "always"})
    made = Block.objects.get()
    assert (made.until, made.person_id) == (None, talk.person_id)
    for page in (reverse("inbox:blocks"), reverse("inbox:chat", args=[talk.pk])):
        assert "Spam." in browser.get(page).text
    browser.post(reverse("inbox:lift", args=[made.pk]))
    assert "Nobody is blocked" in browser.get(reverse("inbox:blocks")).text


def test_nobody_but_ours_lifts(
    talk: Conversation, ada: Person, carla: Person, client: Client, client_as: Callable[..., Client]
) -> None:
    address = reverse("inbox:lift", args=[blocked(talk, ada).pk])
    assert client_as(carla).post(address).status_code == 404
    assert client.post(address).status_code == 302
    assert Block.objects.get().lifted_at is None
