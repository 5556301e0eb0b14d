"""The pages of canned replies, and what the composer inserts."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.console import queues
from chat.canned.models import CannedReply
from chat.models import Conversation
from helpdesk.people.models import Person
from knowledgebase.articles.models import Visibility
from tests.chat.canned.test_writing import a_reply
from tests.chat.talk import a_client, a_conversation, a_guest
from tests.knowledgebase.articles.making import an_article

Browser = Callable[[Person], Client]
LIST = "/console/chat/replies/"


def test_an_empty_list_says_how_to_begin(ada: Person, client_as: Browser) -> None:
    assert "Write what you say often once" in client_as(ada).get(LIST).text


def test_a_search_without_result_says_so(ada: Person, client_as: Browser) -> None:
    a_reply(ada)
    assert "No reply has these words" in client_as(ada).get(LIST, {"q": "parrot"}).text


def test_many_replies_turn_pages_and_cost_as_many_statements_as_one(
    ada: Person, client_as: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "COUNT_SECONDS", 600)
    browser = client_as(ada)
    a_reply(ada, name="Reply 0")
    browser.get(LIST)
    with CaptureQueriesContext(connection) as for_one:
        browser.get(LIST)
    for number in range(1, 40):
        a_reply(ada, name=f"Reply {number}")
    with CaptureQueriesContext(connection) as for_many:
        page = browser.get(LIST)
    assert (page.text.count(">Reply "), len(for_many)) == (30, len(for_one))
    assert "page=" in page.text


def test_a_reply_is_written_changed_and_taken_away(ada: Person, client_as: Browser) -> None:
    browser = client_as(ada)
    browser.post(f"{LIST}new/", {"name": "Hours", "text": "From ten.", "readers": "shared"})
    kept = CannedReply.objects.get()
    browser.post(f"{LIST}{kept.pk}/", {"name": "Hours", "text": "From 9.", "readers": "own"})
    kept.refresh_from_db()
    assert (kept.text, kept.owner, kept.updated_by) == ("From 9.", ada, ada)
    browser.post(f"{LIST}{kept.pk}/removal/")
    assert not CannedReply.objects.exists()


def test_what_was_typed_survives_an_unknown_variable(ada: Person, client_as: Browser) -> None:
    typed = {"name": "Hello", "text": "Hello {clinet}, how", "readers": "shared"}
    page = client_as(ada).post(f"{LIST}new/", typed)
    assert page.status_code == 422
    assert "There is no variable {clinet}" in page.text
    assert "Hello {clinet}, how</textarea>" in page.text


@pytest.mark.parametrize("address", ["{}/", "{}/removal/"])
def test_a_colleagues_own_reply_is_not_found(
    address: str, ada: Person, ben: Person, client_as: Browser
) -> None:
    kept = a_reply(ben)
    typed = {"name": "Mine", "text": "x", "readers": "own"}
    assert client_as(ada).post(LIST + address.format(kept.pk), typed).status_code == 404
    assert CannedReply.objects.get().name == "Greeting"


def test_the_options_escape_what_a_stranger_calls_themselves(
    ada: Person, client_as: Browser
) -> None:
    chat = a_conversation(a_guest(name='"><img src=x>'))
    a_reply(ada, text="Hello {client}")
    page = client_as(ada).get(reverse("inbox:reply-options", args=[chat.pk]), {"q": "greet"})
    assert 'data-text="Hello &quot;&gt;&lt;img src=x&gt;"' in page.text


@pytest.fixture
def for_clients(lea: Person) -> None:
    an_article(lea, title="Exports for everybody")
    an_article(lea, title="Exports for clients", visibility=Visibility.SIGNED_IN)
    an_article(lea, title="Exports for agents", visibility=Visibility.AGENTS)


def options(browser: Client, chat: Conversation) -> str:
    address = reverse("inbox:article-options", args=[chat.pk])
    return browser.get(address, {"q": "exports"}).text


@pytest.mark.usefixtures("for_clients")
def test_articles_are_those_that_the_client_may_read(
    ada: Person, carla: Person, client_as: Browser
) -> None:
    found = options(client_as(ada), a_conversation(a_client(carla)))
    assert ("for everybody" in found, "for clients" in found) == (True, True)
    assert "for agents" not in found


@pytest.mark.usefixtures("for_clients")
def test_whoever_only_claims_an_address_is_shown_what_anybody_reads(
    ada: Person, carla: Person, client_as: Browser
) -> None:
    found = options(client_as(ada), a_conversation(a_guest(email=carla.email)))
    assert ("for everybody" in found, "for clients" in found) == (True, False)


def test_the_list_is_in_the_order_of_changes(ada: Person, client_as: Browser) -> None:
    a_reply(ada, name="Older")
    a_reply(ada, name="Newer")
    CannedReply.objects.filter(name="Older").update(updated_at=datetime(2026, 1, 1, tzinfo=UTC))
    page = client_as(ada).get(LIST).text
    assert page.index("Newer") < page.index("Older")
