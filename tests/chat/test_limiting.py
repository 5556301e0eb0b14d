"""How often a visit and a place may start, say and upload, by pages and by sockets."""

import json
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from chat import consumers, limiting
from chat.actions.saying import TooFast
from chat.identity.visiting import Opened
from chat.limiting import Allowance, place_of_socket, spend_line, spend_start, spend_upload
from chat.models import Conversation, Visit
from helpdesk.attachments.models import StoredFile
from helpdesk.people.models import Person
from helpdesk.people.sign_in.limits import Limit
from tests.chat.sockets import DESK, WIDGET, cookie_of, socket
from tests.chat.talk import a_client, a_conversation, a_guest

pytest_plugins = ["tests.chat.sockets"]
HOME, OFFICE = "203.0.113.7", "203.0.113.8"


@pytest.fixture
def visit(db: None) -> Visit:
    return a_guest().visit


def lowered(monkeypatch: pytest.MonkeyPatch, name: str, tries: int) -> None:
    kept: Limit = getattr(limiting, name)
    monkeypatch.setattr(limiting, name, Limit(kept.name, tries, kept.seconds))


def allowed(many: int, spend: Any) -> int:
    """How many of so many tries are let through."""
    done = 0
    for _ in range(many):
        try:
            spend()
        except TooFast:
            continue
        done += 1
    return done


def test_a_visit_begins_ten_chats_an_hour_wherever_it_is(visit: Visit) -> None:
    assert allowed(11, lambda: spend_start(visit, place=uuid4().hex)) == 10


def test_a_place_begins_twenty_chats_an_hour_whoever_writes(db: None) -> None:
    visits = iter([a_guest(email=f"vic{n}@home.example").visit for n in range(21)])
    assert allowed(21, lambda: spend_start(next(visits), place=HOME)) == 20


def test_a_visit_uploads_twenty_files_in_ten_minutes(visit: Visit) -> None:
    assert allowed(21, lambda: spend_upload(visit, place=uuid4().hex)) == 20


def test_a_place_uploads_so_many_files(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    lowered(monkeypatch, "UPLOADED_FROM_PLACE", 3)
    visits = iter([a_guest().visit for _ in range(4)])
    assert allowed(4, lambda: spend_upload(next(visits), place=HOME)) == 3


@pytest.mark.parametrize("name", ["SAID", "SAID_FROM_PLACE"])
def test_lines_without_a_socket_are_counted_one_by_one(
    name: str, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    lowered(monkeypatch, name, 3)
    assert allowed(5, lambda: spend_line(visit, place=HOME)) == 3


@pytest.mark.parametrize("name", ["TENS_SAID", "TENS_SAID_FROM_PLACE"])
def test_lines_of_a_socket_are_counted_in_tens(
    name: str, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    lowered(monkeypatch, name, 2)
    allowance = Allowance(HOME)
    assert allowed(25, lambda: allowance.take(visit)) == 20


def test_coming_back_for_each_line_is_no_way_around(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    lowered(monkeypatch, "TENS_SAID", 2)
    assert allowed(5, lambda: Allowance(HOME).take(visit)) == 2


def test_another_place_is_not_held_up(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    lowered(monkeypatch, "SAID_FROM_PLACE", 1)
    assert allowed(2, lambda: spend_line(a_guest().visit, place=HOME)) == 1
    assert allowed(1, lambda: spend_line(a_guest().visit, place=OFFICE)) == 1


def test_a_socket_comes_from_where_its_page_does() -> None:
    scope = {"client": (OFFICE, 4711), "headers": [(b"x-forwarded-for", HOME.encode())]}
    assert place_of_socket(scope) == OFFICE
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        assert place_of_socket(scope) == HOME


def test_a_line_too_many_is_refused_with_a_time_and_nothing_is_stored(
    carla: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    lowered(monkeypatch, "SAID", 1)
    opened = a_client(carla)
    talk = a_conversation(opened)
    answers = [post_line(client, opened, talk) for _ in range(2)]
    assert [status for status, _ in answers] == [201, 429]
    assert 0 < answers[1][1]["again"] <= 60
    assert talk.lines.count() == 2


def test_a_file_too_many_is_refused_and_not_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    lowered(monkeypatch, "UPLOADED", 1)
    headers = {"Authorization": f"Visit {a_guest().secret}"}
    statuses = [
        client.post(
            reverse("chat:files"),
            {"file": SimpleUploadedFile(f"{number}.txt", b"rows: 0")},
            headers=headers,
        ).status_code
        for number in range(2)
    ]
    assert (statuses, StoredFile.objects.count()) == ([201, 429], 1)


def test_a_socket_is_told_when_to_send_again(
    brief_connections: None, carla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    lowered(monkeypatch, "TENS_SAID", 1)
    monkeypatch.setattr(limiting, "LINES_AT_ONCE", 1)
    opened = a_client(carla)
    talk = a_conversation(opened)

    async def say() -> dict[str, Any]:
        async with socket(WIDGET) as line:
            await line.send({"hello": opened.secret})
            for number in range(2):
                content = {"conversation": talk.key, "id": f"line-{number:04d}", "text": "Hello?"}
                await line.send({"say": content})
            refused: dict[str, Any] = (await line.heard("refused"))["refused"]
            return refused

    assert set(async_to_sync(say)()) == {"id", "error", "again"}
    assert talk.lines.count() == 2


@pytest.mark.parametrize("path", [WIDGET, DESK])
def test_nobody_holds_more_sockets_than_a_person_has_pages(
    path: str,
    brief_connections: None,
    ada: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(consumers, "MOST_SOCKETS", 1)
    headers, opened = [cookie_of(ada)], a_guest()

    async def open_three() -> list[dict[str, Any]]:
        async with socket(path, *headers) as first:
            await first.send({"hello": opened.secret})
            one = await first.next()
            async with socket(path, *headers) as second:
                await second.send({"hello": opened.secret})
                two = await second.next()
        async with socket(path, *headers) as third:
            await third.send({"hello": opened.secret})
            return [one, two, await third.next()]

    one, two, three = async_to_sync(open_three)()
    assert (list(one), two, list(three)) == (["welcome"], {"closed": 4429}, ["welcome"])


def post_line(client: Client, opened: Opened, talk: Conversation) -> tuple[int, dict[str, Any]]:
    answer = client.post(
        reverse("chat:messages", args=[talk.key]),
        json.dumps({"id": uuid4().hex, "text": "Hello?"}),
        content_type="application/json",
        headers={"Authorization": f"Visit {opened.secret}"},
    )
    return answer.status_code, answer.json()
