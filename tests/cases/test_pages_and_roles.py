"""The access table: every page of a case × everybody."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from cases.models import Case
from cases.thread.models import Message
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person
from tests.builders import a_case, a_note

LOGIN, MISSING, SHOWN, DONE = 302, 404, 200, 302
PUBLIC_ID = "x" * 32

PORTAL_READ = ("case", "live", "promises", "incident")
PORTAL_WRITE = ("reply", "close", "reopen", "priority", "follow", "colleagues")
CONSOLE_READ = (
    "case",
    "live",
    "receipt",
    "escalation",
    "incident",
    "article-links",
    "merge",
    "merge-options",
)
CONSOLE_WRITE = (
    "draft-article",
    "acknowledge",
    "merge-into",
    "compose",
    "assignment",
    "team",
    "priority",
    "state",
    "watch",
    "participants",
    "acknowledgement",
)
# Their own table: `tests/cases/console/test_oncall_and_roles.py`.
ON_CALL = {
    "emergency",
    "on-call",
    "on-call-settings",
    "on-call-shifts",
    "on-call-shift-removal",
    "on-call-overrides",
    "on-call-override-removal",
}
MESSAGE_WRITE = ("move-message", "split-message", "bind-sender")
WITHOUT_CASE = {
    "export",
    "save-view",
    "forget-view",
    "cases",
    "open-case",
    "home",
    "queue",
    "search",
    "palette",
    "article-cases",
    "promise-report",
    "promise-report-csv",
    "file",
    "formatted",
}

OWNERS = ("carla", "cem")
OURS = ("ada", "ben", "lea", "root")
STRANGERS = ("gil", "ivy")


@pytest.fixture
def browser_of(
    request: pytest.FixtureRequest, client_as: Callable[[Person], Client]
) -> Callable[[str], Client]:
    return lambda name: client_as(request.getfixturevalue(name))


@pytest.fixture
def case(carla: Person) -> Case:
    return a_case(carla)


def rows_now() -> tuple[list[tuple[int, str, int]], int, int, int]:
    return (
        list(Case.objects.values_list("pk", "state", "version")),
        Message.objects.count(),
        Entry.objects.count(),
        OutboundMail.objects.count(),
    )


def _names(namespace: str) -> list[str]:
    _, resolver = get_resolver().namespace_dict[namespace]
    return [name for name in resolver.reverse_dict if isinstance(name, str)]


def test_the_table_knows_every_address() -> None:
    portal, console = (set(_names(namespace)) for namespace in ("portal", "console"))
    assert portal - WITHOUT_CASE == set(PORTAL_READ + PORTAL_WRITE)
    known = set(CONSOLE_READ + CONSOLE_WRITE + MESSAGE_WRITE)
    assert console - WITHOUT_CASE - ON_CALL == known


@pytest.mark.parametrize("who", OWNERS + OURS)
@pytest.mark.parametrize("page", PORTAL_READ)
def test_whoever_belongs_to_a_case_reads_it_in_the_help_center(
    page: str, who: str, case: Case, browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(reverse(f"portal:{page}", args=[case.number])).status_code == SHOWN


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("page", PORTAL_READ)
def test_a_stranger_finds_the_same_nothing_as_for_a_case_that_is_not_there(
    page: str, who: str, case: Case, browser_of: Callable[[str], Client]
) -> None:
    browser = browser_of(who)
    theirs = browser.get(reverse(f"portal:{page}", args=[case.number]))
    nobodys = browser.get(reverse(f"portal:{page}", args=[99_999_999]))
    assert (theirs.status_code, nobodys.status_code) == (MISSING, MISSING)
    assert case.subject not in theirs.text


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("page", PORTAL_WRITE)
def test_a_stranger_changes_nothing(
    page: str, who: str, case: Case, browser_of: Callable[[str], Client]
) -> None:
    before = rows_now()
    answer = browser_of(who).post(
        reverse(f"portal:{page}", args=[case.number]), {"text": "x", "priority": "high"}
    )
    assert answer.status_code == MISSING
    assert rows_now() == before


@pytest.mark.parametrize("who", OURS)
@pytest.mark.parametrize("page", CONSOLE_READ)
def test_ours_read_every_case_in_the_console(
    page: str, who: str, case: Case, browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(reverse(f"console:{page}", args=[case.number])).status_code == SHOWN


@pytest.mark.parametrize("who", OWNERS + STRANGERS)
@pytest.mark.parametrize("page", CONSOLE_READ)
def test_no_client_finds_a_console_page(
    page: str, who: str, case: Case, browser_of: Callable[[str], Client]
) -> None:
    answer = browser_of(who).get(reverse(f"console:{page}", args=[case.number]))
    assert answer.status_code == MISSING


@pytest.mark.parametrize("who", OWNERS + STRANGERS)
@pytest.mark.parametrize("page", CONSOLE_WRITE)
def test_no_client_acts_through_the_console(
    page: str, who: str, case: Case, browser_of: Callable[[str], Client]
) -> None:
    before = rows_now()
    answer = browser_of(who).post(reverse(f"console:{page}", args=[case.number]), {"move": "hold"})
    assert answer.status_code == MISSING
    assert rows_now() == before


@pytest.mark.parametrize("who", OWNERS + STRANGERS)
@pytest.mark.parametrize("page", MESSAGE_WRITE)
def test_no_client_says_where_a_message_belongs(
    page: str, who: str, case: Case, browser_of: Callable[[str], Client]
) -> None:
    other = a_case(case.client)
    before = rows_now()
    address = reverse(f"console:{page}", args=[case.number, case.messages.get().pk])
    assert browser_of(who).post(address, {"to": other.number}).status_code == MISSING
    assert rows_now() == before
    assert case.messages.count() == 1


@pytest.mark.parametrize("page", MESSAGE_WRITE)
def test_nobody_says_where_a_message_belongs(page: str, case: Case, client: Client) -> None:
    before = rows_now()
    address = reverse(f"console:{page}", args=[case.number, case.messages.get().pk])
    assert client.post(address).status_code == LOGIN
    assert rows_now() == before


@pytest.mark.parametrize(
    "address",
    [*(f"portal:{page}" for page in PORTAL_READ), *(f"console:{page}" for page in CONSOLE_READ)],
)
def test_nobody_is_sent_to_sign_in(address: str, case: Case, client: Client) -> None:
    answer = client.get(reverse(address, args=[case.number]))
    assert answer.status_code == LOGIN
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "address",
    [*(f"portal:{page}" for page in PORTAL_WRITE), *(f"console:{page}" for page in CONSOLE_WRITE)],
)
def test_nobody_changes_nothing(address: str, case: Case, client: Client) -> None:
    before = rows_now()
    assert client.post(reverse(address, args=[case.number]), {"text": "x"}).status_code == LOGIN
    assert rows_now() == before


@pytest.mark.parametrize(
    "address",
    [
        reverse("console:search"),
        reverse("console:palette"),
        reverse("console:queue", args=["open"]),
        "/console/",
    ],
)
@pytest.mark.parametrize("who", OWNERS + STRANGERS)
def test_no_client_finds_a_list_of_the_console(
    who: str, address: str, browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(address).status_code == MISSING


@pytest.mark.parametrize(
    ("who", "is_shown"), [("carla", True), ("cem", True), ("gil", False), ("ivy", False)]
)
def test_a_list_shows_only_what_its_reader_may_see(
    who: str, is_shown: bool, case: Case, browser_of: Callable[[str], Client]
) -> None:
    listed = browser_of(who).get(reverse("portal:cases")).text
    assert (case.shown_number in listed) is is_shown


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        *((who, "portal:formatted", SHOWN) for who in OWNERS + OURS),
        *((who, "portal:formatted", MISSING) for who in STRANGERS),
        *((who, "console:formatted", SHOWN) for who in OURS),
        *((who, "console:formatted", MISSING) for who in OWNERS + STRANGERS),
    ],
)
def test_a_message_as_it_was_sent_is_shown_to_whom_the_case_is_shown(
    who: str, address: str, status: int, case: Case, browser_of: Callable[[str], Client]
) -> None:
    pk = case.messages.get().pk
    assert browser_of(who).get(reverse(address, args=[case.number, pk])).status_code == status


@pytest.mark.parametrize("who", OWNERS)
def test_an_internal_note_is_shown_to_no_client_in_any_form(
    who: str, case: Case, ada: Person, browser_of: Callable[[str], Client]
) -> None:
    note = a_note(case, by=ada, text="They never pay in time.")
    browser = browser_of(who)
    assert "never pay" not in browser.get(reverse("portal:case", args=[case.number])).text
    address = reverse("portal:formatted", args=[case.number, note.pk])
    assert browser.get(address).status_code == MISSING


@pytest.mark.parametrize("address", ["portal:file", "console:file"])
@pytest.mark.parametrize("who", OWNERS + STRANGERS + OURS)
def test_a_file_that_is_not_on_the_case_is_not_found(
    who: str, address: str, case: Case, browser_of: Callable[[str], Client]
) -> None:
    answer = browser_of(who).get(reverse(address, args=[case.number, PUBLIC_ID]))
    assert answer.status_code == MISSING
