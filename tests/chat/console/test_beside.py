"""What stands beside a chat, and by what an inbox calls."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from chat.alerts.models import AlertChoice
from chat.console.beside import beside
from chat.identity.visiting import note_page
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.chat.talk import a_client, a_conversation, a_guest

Browser = Callable[[Person], Client]


def test_a_known_client_has_their_cases_and_no_colleagues(
    ada: Person, carla: Person, cem: Person, gil: Person
) -> None:
    before = [a_case(carla), a_case(carla)]
    for other in (cem, gil):
        a_case(other)
    found = beside(a_conversation(a_client(carla)), reader=ada)
    assert found.cases == before[::-1]


def test_many_cases_before_are_the_latest_five(ada: Person, carla: Person) -> None:
    for _ in range(7):
        a_case(carla)
    assert len(beside(a_conversation(a_client(carla)), reader=ada).cases) == 5


def test_who_claims_an_address_has_nothing_of_its_owner(ada: Person, carla: Person) -> None:
    a_case(carla)
    a_conversation(a_client(carla))
    assert beside(a_conversation(a_guest(email=carla.email)), reader=ada).cases == []


def test_a_guest_has_the_chats_of_this_browser(ada: Person) -> None:
    guest = a_guest()
    first, second = a_conversation(guest), a_conversation(guest, text="And this.")
    assert beside(second, reader=ada).cases == [first.case]


def test_pages_of_a_known_client_stand_once_each_the_latest_first(
    ada: Person, carla: Person
) -> None:
    for page in ("https://acme.example/a", "https://acme.example/b", "https://acme.example/a"):
        opened = a_client(carla)
        note_page(opened.visit, page)
    found = beside(a_conversation(opened), reader=ada).pages
    assert [page for page, _ in found] == ["https://acme.example/a", "https://acme.example/b"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("https://acme.example/a?token=1#x", "https://acme.example/a"),
        ("javascript:alert(1)", ""),
        ("https://acme.example/" + "x" * 500, ""),
        ("", ""),
    ],
)
def test_of_a_page_its_address_alone_is_kept(told: str, kept: str, carla: Person) -> None:
    visit = a_client(carla).visit
    note_page(visit, told)
    visit.refresh_from_db()
    assert visit.page == kept


def test_the_chat_shows_pages_and_cases(ada: Person, carla: Person, client_as: Browser) -> None:
    case, opened = a_case(carla), a_client(carla)
    note_page(opened.visit, "https://acme.example/reports")
    chat = a_conversation(opened)
    page = client_as(ada).get(reverse("inbox:chat", args=[chat.pk])).text
    assert "https://acme.example/reports" in page
    assert case.shown_number in page


def test_an_alert_is_chosen_and_silenced_by_each_for_themselves(
    ada: Person, ben: Person, client_as: Browser
) -> None:
    AlertChoice.objects.create(person=ben, has_sound=True, has_notifications=True)
    client_as(ada).post(reverse("inbox:alerts"), {"sound": "yes"})
    client_as(ben).post(reverse("inbox:alerts"), {"notifications": "yes"})
    rows = AlertChoice.objects.order_by("person__username").values_list(
        "has_sound", "has_notifications"
    )
    assert list(rows) == [(True, False), (False, True)]


def test_nothing_calls_unless_it_was_chosen(ada: Person, client_as: Browser) -> None:
    page = client_as(ada).get(reverse("inbox:inbox")).text
    assert 'name="sound" value="yes">' in page
