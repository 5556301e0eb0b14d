"""The second step: codes of an app, recovery codes, and what changes them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.test import Client

from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person
from tests.cast import PASSWORD
from tests.helpdesk.people.sign_in.authenticator_app import (
    code_of,
    recovery_codes_of,
    set_up_app,
)

SECOND_STEP = "/accounts/2fa/authenticate/"


@pytest.fixture
def secret(carla: Person) -> str:
    return set_up_app(carla)


@pytest.fixture
def half_way(client: Client, carla: Person, secret: str) -> Client:
    """A browser in which Carla's password was right."""
    client.post("/accounts/login/", {"login": "carla", "password": PASSWORD})
    return client


@pytest.fixture
def browser(client_as: Callable[[Person], Client], carla: Person) -> Client:
    """Carla's, who has just typed her password again."""
    browser = client_as(carla)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


def is_signed_in(browser: Client) -> bool:
    return browser.get("/profile/").status_code == 200


def typed(browser: Client, code: str) -> Any:
    return browser.post(SECOND_STEP, {"code": code})


def test_the_password_alone_does_not_sign_in(half_way: Client) -> None:
    assert not is_signed_in(half_way)
    assert "Second step" in half_way.get(SECOND_STEP).content.decode()


def test_the_code_of_the_app_signs_in(half_way: Client, secret: str) -> None:
    assert typed(half_way, code_of(secret))["Location"] == "/"
    assert is_signed_in(half_way)


def test_a_code_may_be_typed_with_a_space(half_way: Client, secret: str) -> None:
    code = code_of(secret)
    typed(half_way, f"{code[:3]} {code[3:]}")
    assert is_signed_in(half_way)


def test_a_code_is_good_once(half_way: Client, carla: Person, secret: str) -> None:
    code = code_of(secret)
    typed(half_way, code)
    other = Client()
    other.post("/accounts/login/", {"login": "carla", "password": PASSWORD})
    assert "was used already" in typed(other, code).content.decode()
    assert not is_signed_in(other)


def test_a_recovery_code_signs_in_once(half_way: Client, carla: Person) -> None:
    code = recovery_codes_of(carla)[0]
    typed(half_way, code)
    assert is_signed_in(half_way)
    assert code not in recovery_codes_of(carla)


@pytest.mark.parametrize("code", ["000000", "x", "12345678", "٠٠٠٠٠٠"])
def test_a_wrong_code_gets_a_sentence(half_way: Client, code: str) -> None:
    assert "This code is not right" in typed(half_way, code).content.decode()
    assert not is_signed_in(half_way)


def test_the_fifth_wrong_code_is_the_last(half_way: Client, secret: str) -> None:
    for _ in range(5):
        typed(half_way, "000000")
    page = typed(half_way, code_of(secret)).content.decode()
    assert "Too many tries. Wait 5 minutes, then try again." in page
    assert not is_signed_in(half_way)


def test_codes_are_limited_by_person_not_by_browser(carla: Person, secret: str) -> None:
    for _ in range(6):
        browser = Client()
        browser.post("/accounts/login/", {"login": "carla", "password": PASSWORD})
        page = typed(browser, "000000").content.decode()
    assert "Too many tries." in page


def test_the_second_step_without_the_first_leads_to_the_first(client: Client, db: None) -> None:
    assert client.get(SECOND_STEP)["Location"] == "/accounts/login/"
    assert typed(client, "000000")["Location"] == "/accounts/login/"


def test_the_secret_is_kept_encrypted(carla: Person, secret: str) -> None:
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored


def test_an_app_is_added_with_its_first_code(browser: Client, carla: Person) -> None:
    page = browser.get("/accounts/2fa/totp/activate/").content.decode()
    shown = re.search(r'<code class="number">([A-Z2-7 ]+)</code>', page)
    assert shown
    secret = shown[1].replace(" ", "")
    answer = browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    assert browser.get(answer["Location"]).content.decode().count("<li>") == 10


def test_adding_an_app_ends_every_other_session(
    browser: Client, client_as: Callable[[Person], Client], carla: Person
) -> None:
    elsewhere = client_as(carla)
    browser.get("/accounts/2fa/totp/activate/")
    secret = browser.session["mfa.totp.secret"]
    browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert (is_signed_in(browser), is_signed_in(elsewhere)) == (True, False)


def test_removing_the_app_ends_every_other_session(
    browser: Client, client_as: Callable[[Person], Client], carla: Person, secret: str
) -> None:
    elsewhere = client_as(carla)
    browser.post("/accounts/2fa/totp/deactivate/")
    assert (is_signed_in(browser), is_signed_in(elsewhere)) == (True, False)
    assert not Authenticator.objects.exists()


def test_the_person_is_told_by_mail(browser: Client, secret: str) -> None:
    browser.post("/accounts/2fa/totp/deactivate/")
    subject = OutboundMail.objects.get().subject
    assert subject == "The authenticator app was removed from your account."


@pytest.mark.parametrize(
    "page",
    [
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
    ],
)
def test_changes_ask_for_the_password_again(
    client_as: Callable[[Person], Client], carla: Person, page: str
) -> None:
    if "activate" not in page or "deactivate" in page:
        set_up_app(carla)
    answer = client_as(carla).get(page)
    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_who_must_have_a_second_factor_keeps_the_last_one(
    client_as: Callable[[Person], Client], ada: Person, settings: LazySettings
) -> None:
    settings.STAFF_MUST_USE_MFA = True
    set_up_app(ada)
    browser = client_as(ada)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/accounts/2fa/totp/deactivate/").content.decode()
    assert "Add another one first, then remove this one." in page
    browser.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=ada, type="totp").exists()


def test_the_page_says_what_is_set_up(browser: Client, carla: Person, secret: str) -> None:
    page = browser.get("/accounts/2fa/").content.decode()
    assert "10 codes are left." in page
    assert "/accounts/2fa/totp/deactivate/" in page
