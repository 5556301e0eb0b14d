"""Whose call it is."""

import pytest

from cases.oncall.emergency.callers import caller_with
from helpdesk.people.models import Organisation, Person

pytestmark = pytest.mark.django_db


def _numbered(person: Person, number: str) -> Person:
    Person.objects.filter(pk=person.pk).update(phone=number)
    return person


def test_a_known_address_comes_first(carla: Person, gil: Person) -> None:
    _numbered(gil, "+61 3 5550 0100")
    found = caller_with(address="CARLA@acme.example", number="+61 3 5550 0100", name="")
    assert (found.person, found.is_known) == (carla, True)


@pytest.mark.parametrize("number", ["+61 3 5550 0100", "(03) 5550-0100", "0355500100"])
def test_a_number_is_known_however_it_is_written(number: str, carla: Person) -> None:
    _numbered(carla, "+61 3 5550 0100")
    found = caller_with(address="", number=number, name="")
    assert (found.person, found.is_known) == (carla, True)


def test_of_two_with_one_number_nobody_is_guessed(carla: Person, cem: Person) -> None:
    _numbered(carla, "+61 3 5550 0100")
    _numbered(cem, "03 5550 0100")
    found = caller_with(address="", number="03 5550 0100", name="")
    assert not found.is_known
    assert found.person.email == "caller-0355500100@phone.invalid"


@pytest.mark.parametrize("number", ["", "anonymous", "100"])
def test_a_number_that_tells_nothing_finds_nobody(number: str, carla: Person) -> None:
    _numbered(carla, "100")
    assert not caller_with(address="", number=number, name="").is_known


def test_a_stranger_who_calls_again_is_the_same_contact(db: None) -> None:
    first = caller_with(address="", number="+49 30 1234567", name="Uwe Groß")
    again = caller_with(address="", number="+49 30 1234567", name="")
    assert (again.person, again.is_known) == (first.person, False)
    assert first.person.name == "Uwe Groß"


def test_a_new_address_of_a_client_belongs_to_it(acme: Organisation) -> None:
    found = caller_with(address="new@acme.example", number="", name="New Person")
    assert (found.person.organisation, found.is_known) == (acme, True)


def test_one_of_ours_is_no_client(ada: Person) -> None:
    with pytest.raises(ValueError, match="one of ours"):
        caller_with(address=ada.email, number="", name="")


def test_the_number_of_one_of_ours_is_no_clients(ada: Person) -> None:
    _numbered(ada, "+61 3 5550 0100")
    assert not caller_with(address="", number="+61 3 5550 0100", name="").is_known
