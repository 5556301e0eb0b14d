"""Long polling, where sockets are blocked: everything once and in order, and nobody else's."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chat import attendance, polling
from chat.actions.handing_over import accept
from chat.identity.visiting import Opened, end_visit
from chat.models import Conversation
from helpdesk.asgi import application
from helpdesk.people.models import Person
from tests.chat.talk import WORDS, a_client, a_conversation, a_guest, a_line, an_answer

pytest_plugins = ["tests.chat.sockets"]
pytestmark = pytest.mark.usefixtures("brief_connections")

PATIENCE_SECONDS = 20
Answer = tuple[int, dict[str, Any]]


def begin(key: str, secret: str, *, after: int | str = 0, method: str = "GET") -> Any:
    scope = {
        "type": "http",
        "method": method,
        "path": f"/chat/poll/{key}/",
        "query_string": f"after={after}".encode(),
        "headers": [(b"authorization", f"Visit {secret}".encode())],
    }
    return ApplicationCommunicator(application, scope)


async def answer_of(line: Any) -> Answer:
    start = await line.receive_output(PATIENCE_SECONDS)
    body = await line.receive_output(PATIENCE_SECONDS)
    await line.wait(PATIENCE_SECONDS)
    return start["status"], json.loads(body["body"])


async def asked(key: str, secret: str, *, after: int | str = 0, method: str = "GET") -> Answer:
    line = begin(key, secret, after=after, method=method)
    await line.send_input({"type": "http.request", "body": b""})
    return await answer_of(line)


async def asked_while(key: str, secret: str, *, after: int, meanwhile: Callable[[], Any]) -> Answer:
    """What is answered to a question that stood already when something happened."""
    line = begin(key, secret, after=after)
    await line.send_input({"type": "http.request", "body": b""})
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not polling.PollConsumer.waiting:
            await asyncio.sleep(0.01)
    await asyncio.to_thread(meanwhile)
    return await answer_of(line)


@pytest.fixture
def opened(carla: Person) -> Opened:
    return a_client(carla)


@pytest.fixture
def talk(opened: Opened, ada: Person) -> Conversation:
    """Two lines: what Carla said, and that Ada took the chat."""
    return accept(a_conversation(opened), by=ada)


@pytest.fixture
def short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "WAIT_SECONDS", 0.3)


def texts(answer: Answer) -> list[str]:
    return [line["text"] for line in answer[1]["lines"]]


def test_what_is_there_is_answered_at_once(talk: Conversation, opened: Opened, ada: Person) -> None:
    an_answer(talk, ada)
    answer = async_to_sync(asked)(talk.key, opened.secret, after=2)
    assert (answer[0], texts(answer)) == (200, ["I look at it."])
    assert [line["number"] for line in answer[1]["lines"]] == [3]


def test_a_question_that_stands_is_answered_when_something_is_said(
    talk: Conversation, opened: Opened, ada: Person
) -> None:
    answer = async_to_sync(asked_while)(
        talk.key, opened.secret, after=2, meanwhile=lambda: an_answer(talk, ada)
    )
    assert (answer[0], texts(answer)) == (200, ["I look at it."])


def test_a_whisper_answers_nobody(
    talk: Conversation, opened: Opened, ada: Person, short_wait: None
) -> None:
    answer = async_to_sync(asked_while)(
        talk.key,
        opened.secret,
        after=2,
        meanwhile=lambda: an_answer(talk, ada, "They never pay.", is_whisper=True),
    )
    assert (answer[0], answer[1]["lines"], answer[1]["last"]) == (200, [], 2)


def test_with_nothing_to_tell_it_says_so_in_the_end(
    talk: Conversation, opened: Opened, short_wait: None
) -> None:
    status, news = async_to_sync(asked)(talk.key, opened.secret, after=2)
    assert (status, news["lines"], news["state"]) == (200, [], "active")


def test_poll_by_poll_everything_comes_once_and_in_order(
    talk: Conversation, opened: Opened, ada: Person
) -> None:
    said = [WORDS, "", *(f"Line {number}" for number in range(1, 250))]
    for text in said[2:]:
        an_answer(talk, ada, text)

    async def everything() -> list[str]:
        heard: list[str] = []
        while len(heard) < len(said):
            _, news = await asked(talk.key, opened.secret, after=len(heard))
            heard += [line["text"] for line in news["lines"]]
        return heard

    assert async_to_sync(everything)() == said


def test_a_line_that_is_posted_again_is_said_once(
    talk: Conversation, opened: Opened, client: Client
) -> None:
    address = reverse("chat:messages", args=[talk.key])
    line = json.dumps({"id": "an-id-of-mine", "text": "Hello?"})
    headers = {"Authorization": f"Visit {opened.secret}"}
    answers = [
        client.post(address, line, content_type="application/json", headers=headers).json()
        for _ in range(2)
    ]
    assert (
        answers[0]
        == answers[1]
        == {
            "conversation": talk.key,
            "id": "an-id-of-mine",
            "number": 3,
        }
    )
    assert talk.lines.count() == 3


def test_its_own_lines_come_back_with_their_ids(talk: Conversation, opened: Opened) -> None:
    line = a_line(talk, "Hello?")
    _, news = async_to_sync(asked)(talk.key, opened.secret, after=2)
    assert f"client:{news['lines'][0]['id']}" == line.client_id


@pytest.mark.parametrize("who", ["cem", "gil", "ivy", "guest", "claimer"])
def test_no_other_visit_hears_of_it(
    who: str, talk: Conversation, request: pytest.FixtureRequest
) -> None:
    stranger = visit_of(who, request)
    assert async_to_sync(asked)(talk.key, stranger.secret) == (
        404,
        {"error": "There is no such chat."},
    )


@pytest.mark.parametrize("secret", ["", "guess"])
def test_without_its_secret_nothing_is_told(secret: str, talk: Conversation) -> None:
    status, said = async_to_sync(asked)(talk.key, secret)
    assert (status, list(said)) == (401, ["error"])


def test_a_visit_that_has_ended_hears_nothing(talk: Conversation, opened: Opened) -> None:
    end_visit(opened.visit, at=timezone.now())
    assert async_to_sync(asked)(talk.key, opened.secret)[0] == 401


def test_it_is_a_question_alone(talk: Conversation, opened: Opened) -> None:
    assert async_to_sync(asked)(talk.key, opened.secret, method="POST")[0] == 401


@pytest.mark.parametrize("after", ["x", "-1", "1e9", "9" * 30, "٣"])
def test_a_number_that_is_none_counts_as_the_beginning(
    after: str, talk: Conversation, opened: Opened
) -> None:
    assert texts(async_to_sync(asked)(talk.key, opened.secret, after=after)) == [WORDS, ""]


def test_who_asks_is_there(talk: Conversation, opened: Opened) -> None:
    async_to_sync(asked)(talk.key, opened.secret)
    assert attendance.here([talk], at=timezone.now()) == {talk.pk}


def test_one_visit_does_not_hold_every_place(
    talk: Conversation, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "MOST_A_VISIT", 0)
    status, news = async_to_sync(asked)(talk.key, opened.secret, after=2)
    assert (status, news["lines"]) == (200, [])


def visit_of(who: str, request: pytest.FixtureRequest) -> Opened:
    if who == "guest":
        return a_guest()
    if who == "claimer":
        return a_guest(email="carla@acme.example")
    return a_client(request.getfixturevalue(who))
