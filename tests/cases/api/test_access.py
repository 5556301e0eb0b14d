"""The access table of the API: every address × everybody, with every kind of token."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import get_resolver
from django.utils import timezone

from cases.models import Case
from cases.thread.models import Message
from helpdesk.api import tokens
from helpdesk.api.models import ApiToken
from helpdesk.journal.models import Entry
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.helpdesk.api.calling import Caller, caller_for

OWNERS = ("carla", "cem")
OURS = ("ada", "ben", "lea", "root")
STRANGERS = ("gil", "ivy")
NO_FILE = "x" * 32

READ = {"case": "cases/{}/", "messages": "cases/{}/messages/"}
WRITE = {
    "messages": ("POST", "cases/{}/messages/", '{"text": "Hello."}', 201),
    "priority": ("PUT", "cases/{}/priority/", '{"priority": "high"}', 200),
    "merging": ("POST", "cases/{}/merging/", '{"into": 999999999}', 404),
    "closure": ("POST", "cases/{}/closure/", "{}", 200),
    "reopening": ("POST", "cases/{}/reopening/", "{}", 409),
}
OPEN = ("POST", "cases/", '{"subject": "A", "text": "B"}')
EVERY = [
    ("GET", "me/", ""),
    ("GET", "cases/", ""),
    ("GET", f"cases/1/files/{NO_FILE}/", ""),
    OPEN,
    *(("GET", address.format(1), "") for address in READ.values()),
    *((method, address.format(1), body) for method, address, body, _ in WRITE.values()),
]


@pytest.fixture
def calling(request: pytest.FixtureRequest) -> Callable[[str], Caller]:
    return lambda name: caller_for(request.getfixturevalue(name))


@pytest.fixture
def case(carla: Person) -> Case:
    return a_case(carla)


def rows_now() -> tuple[list[tuple[int, str, int]], int, int]:
    cases = list(Case.objects.values_list("pk", "state", "version"))
    return cases, Message.objects.count(), Entry.objects.count()


def test_the_table_knows_every_address() -> None:
    _, resolver = get_resolver().namespace_dict["api"]
    names = {name for name in resolver.reverse_dict if isinstance(name, str)}
    assert names == {"me", "cases", "file", *READ, *WRITE}


@pytest.mark.parametrize("who", OWNERS + OURS)
@pytest.mark.parametrize("name", READ)
def test_whoever_belongs_to_a_case_reads_it(
    name: str, who: str, case: Case, calling: Callable[[str], Caller]
) -> None:
    assert calling(who).get(READ[name].format(case.number)).status_code == 200


@pytest.mark.parametrize("who", OWNERS + OURS)
@pytest.mark.parametrize("name", WRITE)
def test_whoever_belongs_to_a_case_acts_on_it(
    name: str, who: str, case: Case, calling: Callable[[str], Caller]
) -> None:
    method, address, body, status = WRITE[name]
    assert calling(who).send(method, address.format(case.number), body).status_code == status


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("name", READ)
def test_a_stranger_reads_the_same_as_for_a_case_that_is_not_there(
    name: str, who: str, case: Case, calling: Callable[[str], Caller]
) -> None:
    caller = calling(who)
    theirs = caller.get(READ[name].format(case.number))
    absent = caller.get(READ[name].format(99_999_999))
    assert (theirs.status_code, theirs.content) == (404, absent.content)


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("name", WRITE)
def test_a_stranger_changes_nothing(
    name: str, who: str, case: Case, calling: Callable[[str], Caller]
) -> None:
    before = rows_now()
    method, address, body, _ = WRITE[name]
    answer = calling(who).send(method, address.format(case.number), body)
    assert (answer.status_code, rows_now()) == (404, before)


@pytest.mark.parametrize(
    ("who", "count"),
    [*((who, 1) for who in OWNERS + OURS), *((who, 0) for who in STRANGERS)],
)
def test_the_list_shows_only_what_its_reader_may_see(
    who: str, count: int, case: Case, calling: Callable[[str], Caller]
) -> None:
    assert len(calling(who).get("cases/").json()["results"]) == count


@pytest.mark.parametrize("who", OWNERS + OURS + STRANGERS)
def test_everybody_opens_cases_and_learns_who_they_are(
    who: str, calling: Callable[[str], Caller]
) -> None:
    caller = calling(who)
    assert caller.send(*OPEN).status_code == 201
    assert caller.get("me/").json()["username"] == who


@pytest.mark.parametrize("who", OWNERS + OURS + STRANGERS)
def test_a_file_that_is_not_on_the_case_is_not_found(
    who: str, case: Case, calling: Callable[[str], Caller]
) -> None:
    assert calling(who).get(f"cases/{case.number}/files/{NO_FILE}/").status_code == 404


def _refused(caller: Caller, call: tuple[str, str, str]) -> Any:
    before = rows_now()
    answer = caller.send(*call)
    assert rows_now() == before
    assert answer["Content-Type"] == "application/problem+json"
    return answer


@pytest.mark.parametrize("call", EVERY)
def test_nobody_is_told_to_send_a_token(call: tuple[str, str, str], db: None) -> None:
    answer = _refused(Caller(), call)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="api"')
    assert answer.json()["detail"] == "Send your token in the header “Authorization: Bearer wrt_…”."


@pytest.mark.parametrize("call", EVERY)
def test_a_wrong_token_lets_nobody_in(call: tuple[str, str, str], db: None) -> None:
    answer = _refused(Caller("wrt_" + "A" * 43), call)
    assert answer.status_code == 401
    assert answer.json()["detail"] == "This token is not known here. Copy it again, whole."


@pytest.mark.parametrize(
    ("ending", "sentence"),
    [
        (
            {"revoked_at": timezone.now()},
            "This token was revoked. Ask an administrator for a new one.",
        ),
        (
            {"expires_at": timezone.now() - timedelta(seconds=1)},
            "This token has expired. Ask an administrator for a new one.",
        ),
    ],
)
@pytest.mark.parametrize("call", EVERY)
def test_a_token_that_ended_lets_nobody_in(
    call: tuple[str, str, str], ending: dict[str, object], sentence: str, ada: Person
) -> None:
    caller = caller_for(ada)
    ApiToken.objects.update(**ending)
    answer = _refused(caller, call)
    assert (answer.status_code, answer.json()["detail"]) == (401, sentence)


@pytest.mark.parametrize("call", EVERY)
def test_the_token_of_a_switched_off_account_lets_nobody_in(
    call: tuple[str, str, str], ada: Person
) -> None:
    caller = caller_for(ada)
    Person.objects.update(is_active=False)
    answer = _refused(caller, call)
    assert answer.json()["detail"] == "The account of this token is switched off."


@pytest.mark.parametrize("call", [OPEN, *(call for call in EVERY if call[0] != "GET")])
def test_a_read_only_token_changes_nothing(call: tuple[str, str, str], ada: Person) -> None:
    answer = _refused(caller_for(ada, is_read_only=True), call)
    assert answer.status_code == 403
    assert answer.json()["detail"].startswith("This token may only read.")


def test_a_read_only_token_reads(case: Case, carla: Person) -> None:
    answer = caller_for(carla, is_read_only=True).get(f"cases/{case.number}/")
    assert answer.status_code == 200


@pytest.mark.parametrize("call", EVERY)
def test_a_session_lets_nobody_in(call: tuple[str, str, str], ada: Person) -> None:
    caller = Caller()
    caller.browser.force_login(ada)
    assert _refused(caller, call).status_code == 401


def test_a_token_in_the_address_lets_nobody_in(ada: Person) -> None:
    secret = tokens.issue(ada, name="Test").secret
    assert Caller().get("cases/", token=secret, access_token=secret).status_code == 401


def test_a_client_sees_no_case_marked_as_spam(case: Case, carla: Person) -> None:
    Case.objects.update(state="spam")
    assert caller_for(carla).get(f"cases/{case.number}/").status_code == 404
