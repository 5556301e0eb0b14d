"""Changing one's password while signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person
from tests.cast import PASSWORD

NEW = "nine-quiet-wombats"


def change(browser: Client, old: str = PASSWORD, new: str = NEW) -> Any:
    data = {"oldpassword": old, "password1": new, "password2": new}
    return browser.post("/accounts/password/change/", data)


def test_every_other_session_ends_and_this_one_goes_on(
    client_as: Callable[[Person], Client], carla: Person
) -> None:
    here, elsewhere = client_as(carla), client_as(carla)
    assert change(here)["Location"] == "/profile/"
    assert here.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302


def test_the_session_key_changes(client_as: Callable[[Person], Client], carla: Person) -> None:
    browser = client_as(carla)
    before = browser.session.session_key
    change(browser)
    assert browser.session.session_key != before


def test_the_person_is_told_by_mail(client_as: Callable[[Person], Client], carla: Person) -> None:
    change(client_as(carla))
    mail = OutboundMail.objects.get()
    assert (mail.kind, mail.subject) == ("account_changed", "Your password was changed.")
    assert "127.0.0.1" in mail.text


def test_a_wrong_current_password_changes_nothing(
    client_as: Callable[[Person], Client], carla: Person
) -> None:
    page = change(client_as(carla), old="wrong").content.decode()
    assert "This is not your current password." in page
    carla.refresh_from_db()
    assert carla.check_password(PASSWORD)
    assert not OutboundMail.objects.exists()


def test_a_stolen_session_cannot_try_passwords_at_will(
    client_as: Callable[[Person], Client], carla: Person
) -> None:
    browser = client_as(carla)
    for _ in range(5):
        change(browser, old="wrong")
    page = change(browser).content.decode()
    assert "Too many tries. Wait 5 minutes, then try again." in page
    carla.refresh_from_db()
    assert carla.check_password(PASSWORD)


@pytest.mark.parametrize("address", ["/accounts/password/change/", "/accounts/password/set/"])
def test_who_has_a_password_changes_it_and_who_has_none_sets_one(
    client_as: Callable[[Person], Client], carla: Person, address: str
) -> None:
    carla.set_unusable_password()
    carla.save()
    browser = client_as(carla)
    answer = browser.get(address)
    is_setting = address.endswith("set/")
    assert answer.status_code == (200 if is_setting else 302)
    browser.post("/accounts/password/set/", {"password1": NEW, "password2": NEW})
    carla.refresh_from_db()
    assert carla.check_password(NEW)
