"""Following the link of a mail and choosing a password."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from helpdesk.mail.models import OutboundMail
from helpdesk.people import addresses
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Organisation, Person
from helpdesk.people.sign_in.links import make_link
from helpdesk.people.sign_in.models import PasswordLink
from tests.cast import PASSWORD

NEW = "nine-quiet-wombats"


@pytest.fixture
def dora(acme: Organisation) -> Person:
    """A contact who has no password yet."""
    return Person.objects.create_user(
        "dora", "dora@acme.example", full_name="Dora Maar", organisation=acme
    )


def link_for(person: Person) -> str:
    _, address = make_link(
        person, purpose=PasswordLink.Purpose.INVITATION, by=SYSTEM, now=timezone.now()
    )
    return address.removeprefix("http://localhost:8000")


def choose(client: Client, person: Person, password: str = NEW, again: str = "") -> Any:
    page = client.get(link_for(person))
    return client.post(page["Location"], {"password1": password, "password2": again or password})


def test_the_link_leads_to_a_page_without_the_token(client: Client, dora: Person) -> None:
    link = link_for(dora)
    answer = client.get(link)
    assert answer.status_code == 302
    assert link.split("-")[-1].strip("/") not in answer["Location"]
    assert "Welcome, Dora Maar" in client.get(answer["Location"]).content.decode()


def test_choosing_a_password_signs_in(client: Client, dora: Person) -> None:
    answer = choose(client, dora)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(dora.pk)


def test_following_the_link_proves_the_address(client: Client, dora: Person) -> None:
    choose(client, dora)
    assert addresses.is_verified(dora)


def test_the_link_works_once(client: Client, dora: Person) -> None:
    link = link_for(dora)
    page = client.get(link)
    client.post(page["Location"], {"password1": NEW, "password2": NEW})
    assert "This link does not work any more" in Client().get(link).content.decode()


def test_of_two_pages_with_one_link_the_second_is_refused(dora: Person) -> None:
    link = link_for(dora)
    first, second = Client(), Client()
    pages = [first.get(link)["Location"], second.get(link)["Location"]]
    first.post(pages[0], {"password1": NEW, "password2": NEW})
    answer = second.post(
        pages[1], {"password1": "other-password-1", "password2": "other-password-1"}
    )
    assert "This link does not work any more" in answer.content.decode()
    dora.refresh_from_db()
    assert dora.check_password(NEW)


def test_an_old_link_offers_a_new_one(client: Client, dora: Person) -> None:
    page = client.get("/accounts/password/reset/key/1-nonsense/").content.decode()
    assert "Get a new link" in page


def test_the_new_password_counts_everywhere(client: Client, carla: Person) -> None:
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"login": "carla", "password": PASSWORD})
    choose(client, carla)
    assert elsewhere.get("/profile/").status_code == 302
    assert client.get("/profile/").status_code == 200


def test_the_person_is_told_that_a_link_was_used(client: Client, carla: Person) -> None:
    choose(client, carla)
    mail = OutboundMail.objects.get()
    assert mail.subject == "A new password was chosen by a link from a mail."


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "This password is too short. It must contain at least 10 characters."),
        ("password123", "This password is too common."),
        ("84736251940", "This password is entirely numeric."),
        ("dora@acme.example", "The password is too similar to the"),
    ],
)
def test_a_weak_password_gets_a_sentence(
    client: Client, dora: Person, password: str, sentence: str
) -> None:
    page = choose(client, dora, password).content.decode()
    assert sentence in page
    dora.refresh_from_db()
    assert not dora.has_usable_password()


def test_two_different_passwords_get_a_sentence(client: Client, dora: Person) -> None:
    assert "The two passwords differ." in choose(client, dora, again="x").content.decode()


def test_somebody_else_who_is_signed_in_is_signed_out_first(
    client_as: Callable[[Person], Client], gil: Person, dora: Person
) -> None:
    browser = client_as(gil)
    choose(browser, dora)
    assert browser.session["_auth_user_id"] == str(dora.pk)
