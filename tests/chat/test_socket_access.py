"""The access table of the sockets: each event × everybody."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync

from chat import doorbell, models
from chat.identity.visiting import Opened
from chat.models import Conversation
from helpdesk.live.pushing import end_sockets_of
from helpdesk.people.models import Person
from tests.chat.sockets import DESK, WIDGET, Header, Line, cookie_of, socket
from tests.chat.talk import a_client, a_conversation, a_guest

pytest_plugins = ["tests.chat.sockets"]
pytestmark = pytest.mark.usefixtures("brief_connections")

OURS = ("ada", "ben", "lea", "root")
CLIENTS = ("carla", "cem", "gil", "ivy")
EVENTS = ("watch", "say", "typing", "receipt")


def rows_now() -> list[Any]:
    lines = models.Line.objects.order_by("pk").values_list("pk", "text")
    return [list(lines), list(Conversation.objects.values_list("client_read", "ours_read"))]


def event(name: str, conversation: object) -> dict[str, Any]:
    events: dict[str, dict[str, Any]] = {
        "watch": {"watch": conversation, "after": 0},
        "say": {"say": {"conversation": conversation, "id": uuid4().hex, "text": "Hello."}},
        "typing": {"typing": conversation},
        "receipt": {"receipt": conversation, "delivered": 1, "read": 1},
    }
    return events[name]


async def told(path: str, *headers: Header, send: list[dict[str, Any]]) -> list[str]:
    """The verbs that come back for what is sent, or the code of the close."""
    found: list[str] = []
    async with socket(path, *headers) as line:
        for one in send:
            await line.send(one)
        while not await line.receive_nothing(timeout=0.3):
            content = await line.next()
            if "closed" in content:
                return [*found, str(content["closed"])]
            found.extend(content)
    return found


@pytest.fixture
def opened(carla: Person) -> Opened:
    return a_client(carla)


@pytest.fixture
def conversation(opened: Opened) -> Conversation:
    return a_conversation(opened)


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.parametrize("who", [*CLIENTS, None])
def test_nobody_but_ours_is_heard_at_the_inbox(
    who: str | None, name: str, conversation: Conversation, request: pytest.FixtureRequest
) -> None:
    headers = [cookie_of(request.getfixturevalue(who))] if who else []
    before = rows_now()
    assert async_to_sync(told)(DESK, *headers, send=[event(name, conversation.pk)]) == ["4401"]
    assert rows_now() == before


@pytest.mark.parametrize(
    ("name", "answer"),
    [("watch", "news"), ("say", "stored")],
)
@pytest.mark.parametrize("who", OURS)
def test_ours_are_heard_at_the_inbox(
    who: str, name: str, answer: str, conversation: Conversation, request: pytest.FixtureRequest
) -> None:
    cookie = cookie_of(request.getfixturevalue(who))
    verbs = async_to_sync(told)(DESK, cookie, send=[event(name, conversation.pk)])
    assert answer in verbs


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.parametrize("who", ["cem", "gil", "ivy", "guest", "claimer"])
def test_no_other_visit_reaches_a_conversation(
    who: str, name: str, conversation: Conversation, request: pytest.FixtureRequest
) -> None:
    stranger = visit_of(who, request)
    before = rows_now()
    send = [{"hello": stranger.secret}, event(name, conversation.key)]
    verbs = async_to_sync(told)(WIDGET, send=send)
    assert set(verbs) <= {"welcome", "refused"}
    assert rows_now() == before


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.parametrize("secret", ["", "guess", None])
def test_without_its_secret_nothing_is_heard(
    secret: str | None, name: str, conversation: Conversation
) -> None:
    before = rows_now()
    send = [{"hello": secret}] if secret is not None else []
    verbs = async_to_sync(told)(WIDGET, send=[*send, event(name, conversation.key)])
    assert verbs == ["4401"]
    assert rows_now() == before


@pytest.mark.parametrize("who", [*OURS, *CLIENTS])
def test_the_pop_up_reads_no_session(
    who: str, conversation: Conversation, request: pytest.FixtureRequest
) -> None:
    cookie = cookie_of(request.getfixturevalue(who))
    verbs = async_to_sync(told)(WIDGET, cookie, send=[event("watch", conversation.key)])
    assert verbs == ["4401"]


@pytest.mark.parametrize(("name", "answer"), [("watch", "news"), ("say", "stored")])
def test_a_visit_reaches_its_own_conversation(
    name: str, answer: str, opened: Opened, conversation: Conversation
) -> None:
    send = [{"hello": opened.secret}, event(name, conversation.key)]
    assert answer in async_to_sync(told)(WIDGET, send=send)


def test_a_typed_word_and_a_line_reach_the_other_side(
    opened: Opened, conversation: Conversation, ada: Person
) -> None:
    cookie = cookie_of(ada)

    async def talk() -> list[Any]:
        async with socket(WIDGET) as client, socket(DESK, cookie) as agent:
            await client.send({"hello": opened.secret})
            await client.send({"watch": conversation.key, "after": 1})
            await agent.send({"watch": conversation.pk, "after": 1})
            await client.heard("news")
            await agent.heard("news")
            await client.send({"typing": conversation.key})
            typing = await agent.heard("typing")
            await agent.send(event("say", conversation.pk))
            news = await client.heard("news")
            return [typing["name"], [line["text"] for line in news["news"]["lines"]]]

    assert async_to_sync(talk)() == ["Carla Rossi", ["", "Hello."]]


@pytest.mark.parametrize(
    ("page", "kept"), [("https://acme.example/a?b=1", "https://acme.example/a"), ({"a": 1}, "")]
)
def test_a_pop_up_says_on_which_page_it_is(page: object, kept: str, opened: Opened) -> None:
    verbs = async_to_sync(told)(WIDGET, send=[{"hello": opened.secret, "page": page}])
    opened.visit.refresh_from_db()
    assert (verbs, opened.visit.page) == (["welcome"], kept)


def test_who_is_given_a_chat_is_told_and_nobody_else(
    opened: Opened, conversation: Conversation, ada: Person, ben: Person
) -> None:
    cookies = cookie_of(ada), cookie_of(ben)

    async def talk() -> list[Any]:
        desks = socket(DESK, cookies[0]), socket(DESK, cookies[1])
        async with desks[0] as given, desks[1] as other, socket(WIDGET) as client:
            await client.send({"hello": opened.secret})
            await client.send({"watch": conversation.key, "after": 1})
            await client.heard("news")
            await other.heard("welcome")
            await doorbell.ring_now(*doorbell.rings_of_given(conversation, to=ada.pk))
            told = [await given.heard("given"), await other.heard("inbox")]
            silence = await other.receive_nothing(0.5), await client.receive_nothing(0.2)
            return [*told, *silence]

    told = async_to_sync(talk)()
    assert told == [{"given": conversation.pk}, {"inbox": "changed"}, True, True]


def test_a_whisper_wakes_no_pop_up(opened: Opened, conversation: Conversation, ada: Person) -> None:
    cookie = cookie_of(ada)
    whisper = event("say", conversation.pk)
    whisper["say"]["whisper"] = True

    async def talk() -> bool:
        async with socket(WIDGET) as client, socket(DESK, cookie) as agent:
            await client.send({"hello": opened.secret})
            await client.send({"watch": conversation.key, "after": 1})
            await client.heard("news")
            await agent.send(whisper)
            await agent.heard("stored")
            return bool(await client.receive_nothing(timeout=0.5))

    assert async_to_sync(talk)()
    assert conversation.lines.get(kind="whispered").public_number is None


@pytest.mark.parametrize("origin", [b"https://evil.example", b"null", None])
@pytest.mark.parametrize("path", [WIDGET, DESK])
def test_a_socket_of_another_page_is_refused(path: str, origin: bytes | None, ada: Person) -> None:
    headers = [cookie_of(ada), *([(b"origin", origin)] if origin else [])]

    async def knock() -> bool:
        return await Line(path, *headers).connect()

    assert not async_to_sync(knock)()


@pytest.mark.parametrize(
    "text",
    ["", "[", "null", "[]", '{"watch": {}}', '{"say": []}', '{"say": {"conversation": true}}',
     '{"typing": []}', '{"receipt": {"a": 1}, "read": -1}', '{"watch": 1, "after": 1e99}',
     '{"unwatch": [1]}', "[" * 5_000],
)  # fmt: skip
def test_nonsense_closes_nothing_and_stores_nothing(
    text: str, opened: Opened, conversation: Conversation, ada: Person
) -> None:
    before = rows_now()
    cookie = cookie_of(ada)

    async def talk() -> list[Any]:
        async with socket(WIDGET) as client, socket(DESK, cookie) as agent:
            await client.send({"hello": opened.secret})
            for line, name in ((client, conversation.key), (agent, conversation.pk)):
                await line.send_text(text)
                await line.send({"watch": name, "after": 0})
            return [await client.heard("news"), await agent.heard("news")]

    assert [set(answer) for answer in async_to_sync(talk)()] == [{"news"}, {"news"}]
    assert rows_now() == before


def test_a_socket_ends_with_the_sessions_of_its_person(
    opened: Opened, conversation: Conversation, carla: Person
) -> None:
    async def talk() -> dict[str, Any]:
        async with socket(WIDGET) as client:
            await client.send({"hello": opened.secret})
            await client.heard("welcome")
            await asyncio.to_thread(end_sockets_of, carla.pk)
            return await client.heard("nothing")

    assert async_to_sync(talk)() == {"closed": 4403}


def visit_of(who: str, request: pytest.FixtureRequest) -> Opened:
    if who == "guest":
        return a_guest()
    if who == "claimer":
        return a_guest(email="carla@acme.example")
    return a_client(request.getfixturevalue(who))
