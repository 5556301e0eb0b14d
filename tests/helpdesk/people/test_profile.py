"""The profile."""

from collections.abc import Callable

import pytest
from django.test import Client

from helpdesk.people.models import Organisation, Person

PAGE = "/profile/"


def test_the_page_is_for_people_who_are_signed_in(client: Client, db: None) -> None:
    assert client.get(PAGE)["Location"] == "/accounts/login/?next=/profile/"


@pytest.mark.parametrize("name", ["ada", "ben", "lea", "root", "carla", "cem", "gil", "ivy"])
def test_everybody_has_a_profile(
    client_as: Callable[[Person], Client], request: pytest.FixtureRequest, name: str
) -> None:
    person: Person = request.getfixturevalue(name)
    page = client_as(person).get(PAGE).content.decode()
    assert person.email in page
    assert "None: your password alone signs you in." in page


def test_name_phone_and_zone_are_kept(client_as: Callable[[Person], Client], carla: Person) -> None:
    data = {"full_name": "Carla R.", "phone": "+61 3 9000 0000", "time_zone": "Pacific/Auckland"}
    page = client_as(carla).post(PAGE, data, follow=True).content.decode()
    carla.refresh_from_db()
    kept = (carla.full_name, carla.phone, carla.time_zone)
    assert kept == ("Carla R.", "+61 3 9000 0000", "Pacific/Auckland")
    assert "Your profile is saved." in page


def test_nothing_else_is_taken_from_the_form(
    client_as: Callable[[Person], Client], carla: Person, globex: Organisation
) -> None:
    data = {
        "full_name": "Carla",
        "role": "administrator",
        "organisation": str(globex.pk),
        "email": "root@desk.example",
        "is_active": "",
    }
    client_as(carla).post(PAGE, data)
    after = Person.objects.get(pk=carla.pk)
    assert (after.full_name, after.role, after.email) == ("Carla", "client", "carla@acme.example")
    assert (after.organisation, after.is_active) == (carla.organisation, True)


def test_without_a_zone_of_ones_own_the_organisations_is_named(
    client_as: Callable[[Person], Client], carla: Person
) -> None:
    page = client_as(carla).get(PAGE).content.decode()
    assert "Empty means your organisation&#x27;s: Australia/Melbourne." in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("america/new york", "America/New_York"),
        ("Pacific/Auckland", "Pacific/Auckland"),
        (" ", ""),
    ],
)
def test_a_zone_may_be_typed_as_people_write_it(
    client_as: Callable[[Person], Client], carla: Person, typed: str, kept: str
) -> None:
    client_as(carla).post(PAGE, {"full_name": "Carla", "time_zone": typed})
    carla.refresh_from_db()
    assert carla.time_zone == kept


def test_zones_are_suggested_while_typing(
    client_as: Callable[[Person], Client], carla: Person
) -> None:
    answer = client_as(carla).get("/profile/zones/?q=Melb").content.decode()
    assert answer.count("<li") == 1
    assert 'data-text="Australia/Melbourne"' in answer


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"full_name": ""}, "Type your name."),
        (
            {"full_name": "C", "time_zone": "+10:00"},
            "+10:00 is not a time zone. Use a name such as Australia/Melbourne.",
        ),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(
    client_as: Callable[[Person], Client], carla: Person, data: dict[str, str], sentence: str
) -> None:
    page = client_as(carla).post(PAGE, data).content.decode()
    assert sentence in page
    carla.refresh_from_db()
    assert (carla.full_name, carla.time_zone) == ("Carla Rossi", "")
