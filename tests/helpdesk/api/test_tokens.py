"""Tokens: shown once, hashed, ended at once."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from helpdesk.api import tokens
from helpdesk.api.models import ApiToken
from helpdesk.people.models import Person
from helpdesk.people.sign_in.limits import Limit
from tests.helpdesk.api.calling import Caller, caller_for

TOKENS = "/admin/api/apitoken/"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("api_token", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_the_command_shows_a_token_that_lets_in(ada: Person) -> None:
    secret = run("ada", "--name", "Shop")
    assert re.fullmatch(r"wrt_[\w-]{43}", secret)
    assert Caller(secret).get("me/").json()["token"] == "Shop"


def test_the_database_holds_nothing_that_lets_in(ada: Person) -> None:
    secret = run("ada", "--name", "Shop")
    row = ApiToken.objects.values().get()
    assert secret.removeprefix("wrt_") not in str(row)
    assert Caller("wrt_" + row["hash"]).get("me/").status_code == 401


def test_a_token_lasts_a_year(ada: Person) -> None:
    token = tokens.issue(ada, name="Shop").token
    assert token.expires_at - token.created_at == timedelta(days=365)


def test_the_command_makes_read_only_tokens(ada: Person) -> None:
    run("ada", "--name", "Report", "--read-only", "--days", "7")
    token = ApiToken.objects.get()
    assert (token.is_read_only, (token.expires_at - token.created_at).days) == (True, 7)


@pytest.mark.parametrize("arguments", [("nobody",), ("ada", "--days", "0")])
def test_the_command_says_what_is_wrong(arguments: tuple[str, ...], ada: Person) -> None:
    with pytest.raises(CommandError, match=r"\.$"):
        run(*arguments, "--name", "Shop")


@pytest.mark.parametrize("header", ["Token wrt_x", "Basic YTpi", "Bearer", "Bearer ", "Bearer é"])
def test_any_other_header_lets_nobody_in(header: str, db: None) -> None:
    caller = Caller()
    caller.headers = {"Authorization": header}
    answer = caller.get("me/")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_the_last_use_is_noted_once_a_minute(ada: Person) -> None:
    token, now = tokens.issue(ada, name="Shop").token, timezone.now()
    for seconds in (0, 59, 61):
        tokens.note_use(ApiToken.objects.get(), now=now + timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at == now + timedelta(seconds=61 * (seconds > 60))


def test_a_request_notes_the_use(ada: Person) -> None:
    caller_for(ada).get("me/")
    assert ApiToken.objects.get().last_used_at is not None


def test_guessing_is_bounded_by_place(ada: Person) -> None:
    guesses = [Caller(f"wrt_{guess}").get("me/").status_code for guess in range(21)]
    assert guesses == [401] * 20 + [429]
    assert caller_for(ada).get("me/").status_code == 200


def test_calls_of_a_token_are_bounded(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("helpdesk.api.authentication.CALLS", Limit("calls", 2, 60))
    caller = caller_for(ada)
    answers = [caller.get("me/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60


def test_ours_need_their_second_factor_where_the_desk_asks_for_it(
    ada: Person, settings: Settings
) -> None:
    settings.STAFF_MUST_USE_MFA = True
    caller = caller_for(ada)
    assert caller.get("me/").status_code == 401
    Authenticator.objects.create(user=ada, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert caller.get("me/").status_code == 200


def test_an_administrator_revokes(
    client_as: Callable[[Person], Client], root: Person, ada: Person
) -> None:
    caller = caller_for(ada)
    chosen = {"action": "revoke", "_selected_action": [ApiToken.objects.get().pk]}
    client_as(root).post(TOKENS, chosen)
    assert ApiToken.objects.get().revoked_at is not None
    assert caller.get("me/").status_code == 401


def test_administrators_make_and_see_no_secret(
    client_as: Callable[[Person], Client], root: Person, ada: Person
) -> None:
    token, browser = tokens.issue(ada, name="Shop").token, client_as(root)
    assert browser.get(f"{TOKENS}add/").status_code == 403
    pages = [browser.get(address).text for address in (TOKENS, f"{TOKENS}{token.pk}/change/")]
    assert all("Shop" in page and token.hash not in page for page in pages)
