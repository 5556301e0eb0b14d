"""Signing in with a user name or an e-mail address and a password."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person
from tests.cast import PASSWORD

SIGN_IN = "/accounts/login/"


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": login, "password": password, **more})


@pytest.mark.parametrize(
    "login",
    [
        "carla",
        "CARLA",
        "cArLa",
        "carla@acme.example",
        "CARLA@ACME.EXAMPLE",
        "Carla@Acme.Example",
        "  carla@acme.example ",
    ],
)
def test_letter_case_never_matters(client: Client, carla: Person, login: str) -> None:
    response = sign_in(client, login)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(carla.pk)


@pytest.mark.parametrize("login", ["mixed", "MIXED", "mixed.case@acme.example"])
def test_letter_case_of_what_is_stored_does_not_matter_either(
    client: Client, carla: Person, login: str
) -> None:
    Person.objects.filter(pk=carla.pk).update(username="MiXeD", email="Mixed.Case@Acme.Example")
    EmailAddress.objects.filter(user=carla).update(email="mixed.case@acme.example")
    assert sign_in(client, login).status_code == 302
    assert client.session["_auth_user_id"] == str(carla.pk)


def test_letter_case_of_the_password_matters(client: Client, carla: Person) -> None:
    assert sign_in(client, "carla", PASSWORD.upper()).status_code == 200
    assert "_auth_user_id" not in client.session


def test_our_own_people_land_in_the_console(client: Client, ada: Person) -> None:
    assert sign_in(client, "ada")["Location"] == "/console/"


def test_the_page_one_wanted_comes_after_signing_in(client: Client, carla: Person) -> None:
    assert sign_in(client, "carla", next="/profile/")["Location"] == "/profile/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(client: Client, carla: Person, target: str) -> None:
    assert sign_in(client, "carla", next=target)["Location"] == "/"


def refusals(client: Client, carla: Person) -> list[Any]:
    """Answers to a wrong password, a contact without one, a deactivated person and a stranger."""
    Person.objects.create_user("silent", "silent@acme.example")
    Person.objects.create_user("gone", "gone@acme.example", PASSWORD, is_active=False)
    return [
        sign_in(Client(), "carla@acme.example", "wrong-password-here"),
        sign_in(Client(), "silent@acme.example", PASSWORD),
        sign_in(Client(), "gone@acme.example", PASSWORD),
        sign_in(Client(), "stranger@nowhere.example", PASSWORD),
    ]


def test_a_refusal_does_not_tell_whether_the_account_exists(client: Client, carla: Person) -> None:
    seen = {
        (
            answer.status_code,
            _without_what_was_typed(answer),
            tuple(sorted(answer.cookies)),
            tuple(sorted(answer.headers)),
        )
        for answer in refusals(client, carla)
    }
    assert len(seen) == 1


def test_each_refusal_hashes_one_password(
    client: Client, carla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    encode = hashers.MD5PasswordHasher.encode

    def count(self: hashers.MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", count)
    Person.objects.create_user("gone", "gone@acme.example", PASSWORD, is_active=False)
    Person.objects.create_user("silent", "silent@acme.example")
    for login in ("carla", "gone", "silent", "stranger"):
        hashed.clear()
        sign_in(Client(), login, "wrong-password-here")
        assert len(hashed) == 1, login


def test_a_refusal_says_what_to_do(client: Client, carla: Person) -> None:
    page = sign_in(client, "carla", "wrong").content.decode()
    assert "This user name and password do not belong together." in page
    assert "Forgot your password?" in page


def test_the_fifth_wrong_password_for_a_name_is_the_last(client: Client, carla: Person) -> None:
    answers = [sign_in(Client(), "carla", "wrong").status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 200, 429]
    assert sign_in(Client(), "Carla ").status_code == 429


def test_a_limited_sign_in_says_how_long_to_wait(client: Client, carla: Person) -> None:
    for _ in range(5):
        sign_in(client, "carla", "wrong")
    answer = sign_in(client, "carla")
    assert "Too many tries. Wait 5 minutes, then try again." in answer.content.decode()
    assert 290 <= int(answer["Retry-After"]) <= 300


def test_strangers_are_limited_in_the_same_way(client: Client, db: None) -> None:
    answers = [sign_in(Client(), "stranger", "wrong").status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 200, 429]


def test_one_place_may_fail_ten_times_a_minute(client: Client, db: None) -> None:
    answers = [sign_in(Client(), f"name{n}", "wrong").status_code for n in range(11)]
    assert answers == [200] * 10 + [429]


def test_right_passwords_do_not_count(client: Client, carla: Person) -> None:
    answers = [sign_in(Client(), "carla").status_code for _ in range(12)]
    assert answers == [302] * 12


def test_thirty_sign_ins_a_minute_from_one_place_are_enough(client: Client, carla: Person) -> None:
    answers = [sign_in(Client(), "carla").status_code for _ in range(31)]
    assert (set(answers[:30]), answers[30]) == ({302}, 429)


def test_the_session_key_changes_at_sign_in(client: Client, carla: Person) -> None:
    client.get(SIGN_IN)
    client.get("/accounts/login/?region=au-vic")
    session = client.session
    session["before"] = "kept"
    session.save()
    before = session.session_key
    sign_in(client, "carla")
    assert client.session.session_key not in (None, before)
    assert not Session.objects.filter(pk=before).exists()


@pytest.mark.parametrize(("name", "length"), [("ada", 12), ("carla", 14 * 24)])
def test_a_session_is_bound_however_busy_it_is(
    client: Client, ada: Person, carla: Person, name: str, length: int
) -> None:
    sign_in(client, name)
    session = client.session
    ends_at = datetime.fromisoformat(session["_session_expiry"])
    expected = timezone.now() + timedelta(hours=length)
    assert abs(ends_at - expected) < timedelta(seconds=30)


def test_an_address_that_nobody_proved_must_be_confirmed_first(
    client: Client, carla: Person
) -> None:
    EmailAddress.objects.all().delete()
    assert sign_in(client, "carla")["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session
    assert OutboundMail.objects.get().kind == "account_confirm_address"


def test_somebody_signed_in_is_sent_on(
    client_as: Callable[[Person], Client], carla: Person
) -> None:
    assert client_as(carla).get(SIGN_IN)["Location"] == "/"


def test_there_is_no_sign_up(client: Client, db: None) -> None:
    page = client.post(
        "/accounts/signup/",
        {"email": "x@acme.example", "username": "x", "password1": PASSWORD},
    )
    assert "There is no sign-up" in page.content.decode()
    assert Person.objects.count() == 0


def test_signing_out_needs_a_post(client_as: Callable[[Person], Client], carla: Person) -> None:
    browser = client_as(carla)
    browser.get("/accounts/logout/")
    assert "_auth_user_id" in browser.session
    browser.post("/accounts/logout/")
    assert "_auth_user_id" not in browser.session


def _without_what_was_typed(answer: Any) -> str:
    page: str = answer.content.decode()
    for line in page.splitlines():
        if 'name="csrfmiddlewaretoken"' in line or 'name="login"' in line or "csrf-token" in line:
            page = page.replace(line, "")
    return page
