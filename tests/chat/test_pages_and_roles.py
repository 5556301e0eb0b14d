"""The access table of the chat's pages: every address × everybody."""

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from chat.actions.saying import Saying, say_as_agent
from chat.canned.models import CannedReply
from chat.enclosing import keep, take
from chat.identity.visiting import Opened
from chat.models import Conversation, Line
from helpdesk.journal.models import Entry
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.chat.canned.test_writing import a_reply
from tests.chat.talk import a_client, a_conversation, a_guest, a_site

OURS, CLIENTS = ("ada", "ben", "lea", "root"), ("carla", "cem", "gil", "ivy")
INBOX_READ = ("chat", "events", "reply-options", "article-options")
INBOX_LISTS = ("inbox", "replies", "new-reply", "board", "blocks")
INBOX_WRITE = ("say", "accept", "transfer", "invite", "leave", "end", "link", "block")
INBOX_OTHER = {"reply", "remove-reply", "alerts", "availability", "files", "file", "lift"}
HELD_READ = ("events",)
HELD_WRITE = ("messages", "receipts", "end", "link", "rating")
OPEN = {"loader", "frame", "site", "visits", "articles", "article"}
VISIT = {"me", "end-visit", "files", "conversations", "file", "voucher"}
PUBLIC_ID = "x" * 32


@pytest.fixture
def opened(carla: Person) -> Opened:
    return a_client(carla)


@pytest.fixture
def conversation(opened: Opened) -> Conversation:
    return a_conversation(opened)


@pytest.fixture
def browser_of(
    request: pytest.FixtureRequest, client_as: Callable[[Person], Client]
) -> Callable[[str], Client]:
    return lambda name: client_as(request.getfixturevalue(name))


def of(opened: Opened) -> Client:
    """The pop-up of a visit."""
    return Client(headers={"Authorization": f"Visit {opened.secret}"})


def post(browser: Client, address: str, **content: object) -> int:
    return browser.post(address, json.dumps(content), content_type="application/json").status_code


def rows_now() -> tuple[object, ...]:
    states = Conversation.objects.values_list("state", "agent", "case__follows", "client_read")
    return (list(states), Line.objects.count(), Entry.objects.count())


def test_the_table_knows_every_address() -> None:
    known = {"inbox": {*INBOX_READ, *INBOX_LISTS, *INBOX_WRITE, *INBOX_OTHER},
             "chat": {*HELD_READ, *HELD_WRITE, *OPEN, *VISIT}}  # fmt: skip
    for namespace, names in known.items():
        _, resolver = get_resolver().namespace_dict[namespace]
        assert {name for name in resolver.reverse_dict if isinstance(name, str)} == names


@pytest.mark.parametrize("who", OURS)
@pytest.mark.parametrize("page", INBOX_READ)
def test_ours_read_every_chat(
    page: str, who: str, conversation: Conversation, browser_of: Callable[[str], Client]
) -> None:
    address = reverse(f"inbox:{page}", args=[conversation.pk])
    assert browser_of(who).get(address).status_code == 200


@pytest.mark.parametrize("who", CLIENTS)
@pytest.mark.parametrize("page", INBOX_READ)
def test_no_client_finds_a_chat_in_the_inbox(
    page: str, who: str, conversation: Conversation, browser_of: Callable[[str], Client]
) -> None:
    address = reverse(f"inbox:{page}", args=[conversation.pk])
    assert browser_of(who).get(address).status_code == 404


@pytest.mark.parametrize("who", CLIENTS)
@pytest.mark.parametrize("page", INBOX_WRITE)
def test_no_client_acts_in_the_inbox(
    page: str, who: str, conversation: Conversation, browser_of: Callable[[str], Client]
) -> None:
    before = rows_now()
    address = reverse(f"inbox:{page}", args=[conversation.pk])
    assert browser_of(who).post(address, {"text": "x", "to": "team:1"}).status_code == 404
    assert rows_now() == before


@pytest.mark.parametrize("page", [*INBOX_READ, *INBOX_WRITE])
def test_nobody_is_sent_to_sign_in(page: str, conversation: Conversation, client: Client) -> None:
    address = reverse(f"inbox:{page}", args=[conversation.pk])
    ask = client.post if page in INBOX_WRITE else client.get
    assert ask(address).status_code == 302
    assert conversation.lines.count() == 1


@pytest.mark.parametrize("page", [*INBOX_LISTS, "alerts", "availability", "files"])
@pytest.mark.parametrize("who", CLIENTS)
def test_no_client_finds_the_inbox(
    who: str, page: str, browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).post(reverse(f"inbox:{page}")).status_code == 404


@pytest.mark.parametrize("page", ["replies", "new-reply"])
@pytest.mark.parametrize("who", OURS)
def test_ours_see_the_canned_replies(
    who: str, page: str, browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(reverse(f"inbox:{page}")).status_code == 200


@pytest.mark.parametrize("who", CLIENTS)
@pytest.mark.parametrize("page", ["reply", "remove-reply"])
def test_no_client_finds_a_canned_reply(
    page: str, who: str, ada: Person, browser_of: Callable[[str], Client]
) -> None:
    kept = a_reply(ada, is_shared=True)
    typed = {"name": "Mine", "text": "x", "readers": "own"}
    assert browser_of(who).post(reverse(f"inbox:{page}", args=[kept.pk]), typed).status_code == 404
    assert CannedReply.objects.get().name == "Greeting"


@pytest.mark.parametrize("page", INBOX_LISTS)
@pytest.mark.parametrize(
    ("who", "status"), [*((one, 200) for one in OURS), *((one, 404) for one in CLIENTS)]
)
def test_ours_alone_read_a_page_of_the_inbox(
    who: str, status: int, page: str, browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(reverse(f"inbox:{page}")).status_code == status


@pytest.mark.parametrize("page", INBOX_LISTS)
def test_nobody_is_sent_to_sign_in_from_a_list(page: str, client: Client, db: None) -> None:
    assert client.get(reverse(f"inbox:{page}")).status_code == 302


@pytest.mark.parametrize("show", ["waiting", "mine", "all"])
@pytest.mark.parametrize("who", OURS)
def test_ours_see_the_lists(
    who: str, show: str, conversation: Conversation, browser_of: Callable[[str], Client]
) -> None:
    answer = browser_of(who).get(reverse("inbox:inbox"), {"show": show})
    assert (answer.status_code, "Carla Rossi" in answer.text) == (200, show != "mine")


def test_a_visit_reads_its_own_conversation(opened: Opened, conversation: Conversation) -> None:
    answer = of(opened).get(reverse("chat:events", args=[conversation.key]))
    assert [line["text"] for line in answer.json()["lines"]] == ["The monthly report is empty."]


@pytest.mark.parametrize("who", ["cem", "gil", "ivy", "guest", "claimer"])
@pytest.mark.parametrize("page", [*HELD_READ, *HELD_WRITE])
def test_no_other_visit_finds_it(
    page: str, who: str, conversation: Conversation, request: pytest.FixtureRequest
) -> None:
    browser, before = of(visit_of(who, request)), rows_now()
    address = reverse(f"chat:{page}", args=[conversation.key])
    status = (
        browser.get(address).status_code
        if page in HELD_READ
        else post(browser, address, id="an-id-of-mine", text="x", case="1", read=1)
    )
    assert status == 404
    assert rows_now() == before


@pytest.mark.parametrize("page", [*HELD_READ, *HELD_WRITE])
@pytest.mark.parametrize("who", [*OURS, *CLIENTS])
def test_a_session_opens_nothing_in_the_pop_up(
    who: str, page: str, conversation: Conversation, browser_of: Callable[[str], Client]
) -> None:
    browser, address = browser_of(who), reverse(f"chat:{page}", args=[conversation.key])
    ask = browser.get if page in HELD_READ else browser.post
    assert ask(address).status_code == 401


@pytest.mark.parametrize(
    ("who", "status"), [*((one, 200) for one in CLIENTS), *((one, 404) for one in OURS)]
)
def test_the_help_center_vouches_for_clients_alone(
    who: str, status: int, browser_of: Callable[[str], Client]
) -> None:
    site = a_site()
    assert browser_of(who).get(reverse("chat:voucher", args=[site.key])).status_code == status


def test_a_file_is_handed_to_whoever_reads_its_line(
    opened: Opened, conversation: Conversation, ada: Person, gil: Person
) -> None:
    with_file = a_line_with_file(conversation, ada, is_whisper=False)
    address = reverse("chat:file", args=[conversation.key, with_file])
    assert of(opened).get(address).status_code == 200
    assert of(a_client(gil)).get(address).status_code == 404


def test_a_file_of_a_whisper_is_not_found_by_the_client(
    opened: Opened, conversation: Conversation, ada: Person, client_as: Callable[[Person], Client]
) -> None:
    whispered = a_line_with_file(conversation, ada, is_whisper=True)
    address = reverse("chat:file", args=[conversation.key, whispered])
    assert of(opened).get(address).status_code == 404
    ours = reverse("inbox:file", args=[conversation.pk, whispered])
    assert client_as(ada).get(ours).status_code == 200


def test_a_client_links_only_to_a_case_that_they_may_see(
    opened: Opened, conversation: Conversation, carla: Person, gil: Person
) -> None:
    address = reverse("chat:link", args=[conversation.key])
    own, foreign = a_case(carla), a_case(gil)
    assert post(of(opened), address, case=foreign.shown_number) == 422
    assert post(of(opened), address, case=own.shown_number) == 200
    conversation.case.refresh_from_db()
    assert conversation.case.follows == own


def test_the_frame_may_be_held_by_the_pages_of_its_site_alone(client: Client, db: None) -> None:
    site = a_site(origins=["https://app.acme.example"])
    answer = client.get(reverse("chat:frame", args=[site.key]))
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://app.acme.example" in policy
    assert "X-Frame-Options" not in answer


def a_line_with_file(conversation: Conversation, by: Person, *, is_whisper: bool) -> str:
    upload = SimpleUploadedFile("log.txt", b"rows: 0")
    kept = keep(upload, of=by, at=timezone.now())
    files = take([kept.public_id], of=by)
    saying = Saying(text="See the file.", client_id="an-id-of-mine", files=files)
    say_as_agent(conversation, saying, by=by, is_whisper=is_whisper)
    return kept.public_id


def visit_of(who: str, request: pytest.FixtureRequest) -> Opened:
    if who == "guest":
        return a_guest()
    if who == "claimer":
        return a_guest(email="carla@acme.example")
    return a_client(request.getfixturevalue(who))
