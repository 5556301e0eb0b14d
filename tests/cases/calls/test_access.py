"""The access table: every page of calls, package and minutes × everybody."""

from collections.abc import Callable
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver, reverse

from cases.calls.models import Absence, Call
from cases.entitlements.models import Movement
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person
from tests.cases.calls.desk import NOW, at, booked

LOGIN, MISSING, SHOWN = 302, 404, 200
PORTAL_CALL = ("call", "time")
PORTAL_ACTIONS = ("cancellation",)
PORTAL_OTHER = ("mine", "new", "package", "statement", "statement-csv")
CONSOLE_CALL = ("call", "time")
CONSOLE_ACTIONS = ("outcome", "no-answer", "refusal", "cancellation")
CONSOLE_PAGES = ("list", "hours")
CONSOLE_OTHER = ("absences", "removal")

OWNERS, OURS = ("carla", "cem"), ("ada", "ben", "lea", "root")
STRANGERS = ("gil", "ivy")
CLIENTS = OWNERS + STRANGERS


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def browser_of(
    request: pytest.FixtureRequest, client_as: Callable[[Person], Client]
) -> Callable[[str], Client]:
    return lambda name: client_as(request.getfixturevalue(name))


@pytest.fixture
def call(case: Case) -> Call:
    return booked(case)


def rows_now() -> tuple[list[tuple[UUID, str, int]], int, int, int, int]:
    return (
        list(Call.objects.values_list("uid", "state", "sequence")),
        Movement.objects.count(),
        Entry.objects.count(),
        OutboundMail.objects.count(),
        Absence.objects.count(),
    )


def _names(namespace: str) -> set[str]:
    _, resolver = get_resolver().namespace_dict[namespace]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


def test_the_table_knows_every_address() -> None:
    assert _names("calls") == {*PORTAL_CALL, *PORTAL_ACTIONS, *PORTAL_OTHER}
    assert _names("console-calls") == {
        *CONSOLE_CALL,
        *CONSOLE_ACTIONS,
        *CONSOLE_PAGES,
        *CONSOLE_OTHER,
    }


@pytest.mark.parametrize("who", OWNERS + OURS)
@pytest.mark.parametrize("page", PORTAL_CALL)
def test_whoever_belongs_to_a_call_sees_it(
    page: str, who: str, call: Call, browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(reverse(f"calls:{page}", args=[call.uid])).status_code == SHOWN


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("page", PORTAL_CALL)
def test_a_stranger_finds_no_call(
    page: str, who: str, call: Call, browser_of: Callable[[str], Client]
) -> None:
    answer = browser_of(who).get(reverse(f"calls:{page}", args=[call.uid]))
    assert answer.status_code == MISSING
    assert call.case.subject not in answer.text


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("page", ["time", *PORTAL_ACTIONS])
def test_a_stranger_changes_no_call(
    page: str, who: str, call: Call, browser_of: Callable[[str], Client]
) -> None:
    before = rows_now()
    sent = {"starts_at": "2026-05-15T00:00:00Z", "reason": "x"}
    address = reverse(f"calls:{page}", args=[call.uid])
    assert browser_of(who).post(address, sent).status_code == MISSING
    assert rows_now() == before


@pytest.mark.parametrize(
    ("who", "status"),
    [*((who, SHOWN) for who in OWNERS + OURS), *((who, MISSING) for who in STRANGERS)],
)
def test_a_call_is_asked_for_by_whom_the_case_is_shown_to(
    who: str, status: int, case: Case, browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(reverse("calls:new", args=[case.number])).status_code == status


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_books_nothing(
    who: str, case: Case, browser_of: Callable[[str], Client]
) -> None:
    before = rows_now()
    sent = {"starts_at": at("Thu 10:00").isoformat(), "phone": "1"}
    address = reverse("calls:new", args=[case.number])
    assert browser_of(who).post(address, sent).status_code == MISSING
    assert rows_now() == before


@pytest.mark.parametrize(
    ("who", "is_shown"), [("carla", True), ("cem", True), ("gil", False), ("ivy", False)]
)
def test_a_list_shows_only_the_readers_calls(
    who: str, is_shown: bool, call: Call, browser_of: Callable[[str], Client]
) -> None:
    listed = browser_of(who).get(reverse("calls:mine")).text
    assert (str(call.uid) in listed) is is_shown


@pytest.mark.parametrize(
    ("who", "page", "status"),
    [
        *((who, "package", SHOWN) for who in CLIENTS),
        *((who, "package", MISSING) for who in OURS),
        ("cem", "statement", SHOWN),
        ("cem", "statement-csv", SHOWN),
        *((who, "statement", MISSING) for who in ("carla", *STRANGERS, *OURS)),
        *((who, "statement-csv", MISSING) for who in ("carla", *STRANGERS, *OURS)),
    ],
)
def test_the_package_is_for_its_organisation_and_the_statement_for_its_manager(
    who: str, page: str, status: int, case: Case, browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(reverse(f"calls:{page}")).status_code == status


@pytest.mark.parametrize("page", ["package", "statement", "statement-csv"])
def test_globex_reads_nothing_of_acme(
    page: str, call: Call, gil: Person, client_as: Callable[[Person], Client]
) -> None:
    gil.role = "client_manager"
    gil.save()
    answer = client_as(gil).get(reverse(f"calls:{page}"))
    shown = answer.getvalue().decode()
    assert answer.status_code == SHOWN
    assert call.case.shown_number not in shown


@pytest.mark.parametrize("who", OURS)
@pytest.mark.parametrize("page", CONSOLE_CALL)
def test_ours_see_every_call_in_the_console(
    page: str, who: str, call: Call, browser_of: Callable[[str], Client]
) -> None:
    address = reverse(f"console-calls:{page}", args=[call.uid])
    assert browser_of(who).get(address).status_code == SHOWN


@pytest.mark.parametrize("who", OURS)
@pytest.mark.parametrize("page", CONSOLE_PAGES)
def test_ours_have_a_list_and_hours(
    page: str, who: str, call: Call, browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(reverse(f"console-calls:{page}")).status_code == SHOWN


@pytest.mark.parametrize("who", CLIENTS)
@pytest.mark.parametrize("page", [*CONSOLE_CALL, *CONSOLE_PAGES])
def test_no_client_finds_a_console_page(
    page: str, who: str, call: Call, browser_of: Callable[[str], Client]
) -> None:
    arguments = [call.uid] if page in CONSOLE_CALL else []
    address = reverse(f"console-calls:{page}", args=arguments)
    assert browser_of(who).get(address).status_code == MISSING


@pytest.mark.parametrize("who", CLIENTS)
@pytest.mark.parametrize("page", ["time", *CONSOLE_ACTIONS, *CONSOLE_OTHER])
def test_no_client_acts_through_the_console(
    page: str, who: str, call: Call, browser_of: Callable[[str], Client]
) -> None:
    before = rows_now()
    arguments = {"absences": [], "removal": [1]}.get(page, [call.uid])
    sent = {"reason": "x", "actual_minutes": 5, "outcome": "x"}
    address = reverse(f"console-calls:{page}", args=arguments)
    assert browser_of(who).post(address, sent).status_code == MISSING
    assert rows_now() == before


@pytest.mark.parametrize(
    "address",
    [
        *(f"calls:{page}" for page in (*PORTAL_CALL, *PORTAL_ACTIONS)),
        *(f"console-calls:{page}" for page in (*CONSOLE_CALL, *CONSOLE_ACTIONS)),
    ],
)
def test_nobody_is_sent_to_sign_in_and_changes_nothing(
    address: str, call: Call, client: Client
) -> None:
    before = rows_now()
    page = reverse(address, args=[call.uid])
    answers = [client.get(page), client.post(page, {"reason": "x"})]
    assert [answer.status_code for answer in answers] == [LOGIN, LOGIN]
    assert answers[0]["Location"].startswith("/accounts/login/")
    assert rows_now() == before


@pytest.mark.parametrize(
    "address",
    [
        "calls:mine",
        "calls:package",
        "calls:statement",
        "calls:statement-csv",
        "console-calls:list",
        "console-calls:hours",
        "console-calls:absences",
    ],
)
def test_nobody_is_sent_to_sign_in_from_a_list(address: str, client: Client, db: None) -> None:
    assert client.get(reverse(address))["Location"].startswith("/accounts/login/")


def test_an_agent_removes_no_colleagues_absence(
    ada: Person, case: Case, browser_of: Callable[[str], Client]
) -> None:
    absence = Absence.objects.create(person=ada, starts_at=at("Thu 09:00"), ends_at=at("Thu 12:00"))
    address = reverse("console-calls:removal", args=[absence.pk])
    assert browser_of("ben").post(address).status_code == MISSING
    assert Absence.objects.exists()
