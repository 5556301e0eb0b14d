"""Our own people set up a second factor before their first session, where the settings ask it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.test import Client

from helpdesk.people.models import Person
from tests.cast import PASSWORD
from tests.helpdesk.people.sign_in.authenticator_app import code_of, set_up_app

SET_UP = "/accounts/2fa/required/"


@pytest.fixture(autouse=True)
def _required(settings: LazySettings) -> None:
    settings.STAFF_MUST_USE_MFA = True


def sign_in(client: Client, name: str) -> Any:
    return client.post("/accounts/login/", {"login": name, "password": PASSWORD})


@pytest.mark.parametrize("name", ["ada", "lea", "root"])
def test_our_own_people_are_asked_to_set_it_up(
    client: Client, request: pytest.FixtureRequest, name: str
) -> None:
    request.getfixturevalue(name)
    assert sign_in(client, name)["Location"] == SET_UP
    assert "One more lock for your account" in client.get(SET_UP).content.decode()


@pytest.mark.parametrize("name", ["carla", "cem"])
def test_clients_are_not(client: Client, request: pytest.FixtureRequest, name: str) -> None:
    request.getfixturevalue(name)
    assert sign_in(client, name)["Location"] == "/"


@pytest.mark.parametrize("page", ["/profile/", "/console/", "/admin/", "/cases/"])
def test_until_then_no_page_is_open(client: Client, root: Person, page: str) -> None:
    sign_in(client, "root")
    answer = client.get(page, follow=True)
    assert answer.redirect_chain[-1][0] == SET_UP


def test_the_first_code_of_the_app_lets_in_and_shows_the_recovery_codes(
    client: Client, ada: Person
) -> None:
    sign_in(client, "ada")
    page = client.get(SET_UP).content.decode()
    shown = re.search(r'<code class="number">([A-Z2-7 ]+)</code>', page)
    assert shown
    answer = client.post(SET_UP, {"code": code_of(shown[1].replace(" ", ""))}, follow=True)
    assert answer.redirect_chain[0][0] == "/accounts/2fa/recovery-codes/"
    assert answer.content.decode().count("<li><code") == 10
    assert client.get("/profile/").status_code == 200


def test_a_wrong_first_code_lets_nobody_in(client: Client, ada: Person) -> None:
    sign_in(client, "ada")
    client.get(SET_UP)
    assert "This code is not right" in client.post(SET_UP, {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()
    assert client.get("/profile/").status_code == 302


def test_who_has_one_uses_it(client: Client, ada: Person) -> None:
    secret = set_up_app(ada)
    assert sign_in(client, "ada")["Location"] == "/accounts/2fa/authenticate/"
    assert (
        client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})["Location"]
        == "/console/"
    )


def test_the_page_is_for_people_who_are_signing_in(client: Client, ada: Person) -> None:
    assert client.get(SET_UP)["Location"] == "/accounts/login/"


def test_a_session_from_before_the_rule_ends(
    client_as: Callable[[Person], Client], ada: Person, settings: LazySettings
) -> None:
    settings.STAFF_MUST_USE_MFA = False
    browser = client_as(ada)
    assert browser.get("/profile/").status_code == 200
    settings.STAFF_MUST_USE_MFA = True
    assert browser.get("/profile/").status_code == 302


def test_a_client_who_becomes_one_of_ours_needs_it_too(
    client_as: Callable[[Person], Client], carla: Person
) -> None:
    browser = client_as(carla)
    Person.objects.filter(pk=carla.pk).update(role="agent")
    assert browser.get("/profile/").status_code == 302
