"""Changing one's address: the new one counts once the mail sent there was answered."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from helpdesk.mail.models import OutboundMail
from helpdesk.people import addresses
from helpdesk.people.models import Person
from tests.cast import PASSWORD

PAGE = "/accounts/email/"
NEW = "carla.rossi@acme.example"


@pytest.fixture
def browser(client_as: Callable[[Person], Client], carla: Person) -> Client:
    """Carla's, who has just typed her password again."""
    browser = client_as(carla)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


def wish(browser: Client, address: str) -> Any:
    return browser.post(PAGE, {"email": address, "action_add": "1"}, follow=True)


def link_in(mail: OutboundMail) -> str:
    found = re.search(r"http://localhost:8000(/accounts/confirm-email/\S+)", mail.text)
    assert found
    return found[1]


def test_the_password_is_asked_first(client_as: Callable[[Person], Client], carla: Person) -> None:
    answer = client_as(carla).post(PAGE, {"email": NEW, "action_add": "1"})
    assert answer["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F"
    assert not OutboundMail.objects.exists()


def test_a_wish_is_mailed_to_the_new_address_and_changes_nothing_yet(
    browser: Client, carla: Person
) -> None:
    page = wish(browser, NEW).content.decode()
    assert f"{NEW} waits for your word" in page
    assert OutboundMail.objects.get().to_address == NEW
    carla.refresh_from_db()
    assert carla.email == "carla@acme.example"


def test_following_the_link_changes_the_address(browser: Client, carla: Person) -> None:
    wish(browser, NEW)
    browser.post(link_in(OutboundMail.objects.get()))
    carla.refresh_from_db()
    assert (carla.email, addresses.is_verified(carla)) == (NEW, True)


def test_looking_at_the_link_changes_nothing(browser: Client, carla: Person) -> None:
    wish(browser, NEW)
    page = browser.get(link_in(OutboundMail.objects.get())).content.decode()
    assert f"Is {NEW} yours?" in page
    carla.refresh_from_db()
    assert carla.email == "carla@acme.example"


def test_the_old_address_is_told(browser: Client, carla: Person) -> None:
    wish(browser, NEW)
    browser.post(link_in(OutboundMail.objects.get()))
    told = OutboundMail.objects.get(kind="account_changed")
    assert told.to_address == "carla@acme.example"
    assert told.subject == "The e-mail address of your account was changed."


def test_the_user_name_follows_where_it_was_the_address(browser: Client, carla: Person) -> None:
    Person.objects.filter(pk=carla.pk).update(username="Carla@acme.example")
    wish(browser, NEW)
    browser.post(link_in(OutboundMail.objects.get()))
    carla.refresh_from_db()
    assert carla.username == NEW


def test_the_page_does_not_tell_whether_an_address_is_taken(browser: Client, gil: Person) -> None:
    free = wish(browser, "free@acme.example").content.decode()
    taken = wish(browser, "gil@globex.example").content.decode()
    assert _without_tokens(free.replace("free@acme.example", "X")) == _without_tokens(
        taken.replace("gil@globex.example", "X")
    )


def test_the_owner_of_a_taken_address_is_told_and_gets_no_link(
    browser: Client, gil: Person
) -> None:
    wish(browser, "GIL@globex.example")
    mail = OutboundMail.objects.get()
    assert (mail.kind, mail.to_address) == ("account_address_taken", "gil@globex.example")
    assert "/confirm-email/" not in mail.text


def test_an_address_that_was_taken_in_the_meantime_stays_theirs(
    browser: Client, carla: Person, gil: Person
) -> None:
    wish(browser, NEW)
    Person.objects.filter(pk=gil.pk).update(email=NEW.upper())
    page = browser.post(link_in(OutboundMail.objects.get()), follow=True).content.decode()
    assert "belongs to another account" in page
    carla.refresh_from_db()
    assert carla.email == "carla@acme.example"


def test_a_wish_can_be_called_off(browser: Client, carla: Person) -> None:
    wish(browser, NEW)
    link = link_in(OutboundMail.objects.get())
    browser.post(PAGE, {"email": NEW, "action_remove": "1"})
    browser.post(link)
    carla.refresh_from_db()
    assert carla.email == "carla@acme.example"


def test_the_mail_can_be_sent_again(browser: Client, carla: Person) -> None:
    wish(browser, NEW)
    browser.post(PAGE, {"email": NEW, "action_send": "1"})
    assert [mail.to_address for mail in OutboundMail.objects.all()] == [NEW, NEW]


def test_six_wishes_an_hour_are_too_many(browser: Client, carla: Person) -> None:
    for number in range(5):
        wish(browser, f"carla{number}@acme.example")
    page = wish(browser, "carla5@acme.example").content.decode()
    assert "Too many tries. Wait 60 minutes, then try again." in page
    assert OutboundMail.objects.count() == 5


def test_ones_own_address_is_no_change(browser: Client, carla: Person) -> None:
    assert "This is your address already." in wish(browser, "CARLA@acme.example").content.decode()


def _without_tokens(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|csrf-token" content=)"[^"]*"', "", page)
