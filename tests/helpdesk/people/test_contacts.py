"""From an address to a person."""

from helpdesk.people.contacts import add_contact, contact_with, organisation_of
from helpdesk.people.models import Organisation, Person, Role


def test_known_address_is_the_known_person_in_any_letter_case(carla: Person) -> None:
    assert contact_with("CARLA@acme.example") == carla


def test_unknown_address_of_an_owned_domain_becomes_a_client(acme: Organisation) -> None:
    person = contact_with("Dora@ACME.example", name="Dora Maar")
    assert person is not None
    assert (person.email, person.full_name, person.organisation, person.role) == (
        "dora@acme.example",
        "Dora Maar",
        acme,
        Role.CLIENT,
    )
    assert not person.has_usable_password()


def test_unknown_address_of_an_unknown_domain_is_nobody(acme: Organisation) -> None:
    assert contact_with("dora@elsewhere.example") is None
    assert not Person.objects.filter(email="dora@elsewhere.example").exists()


def test_part_of_a_domain_is_not_the_domain(acme: Organisation) -> None:
    assert organisation_of("dora@notacme.example") is None
    assert organisation_of("dora@acme.example.evil.example") is None
    assert organisation_of("dora@sub.acme.example") is None


def test_address_that_is_no_address_is_nobody(acme: Organisation) -> None:
    assert contact_with("acme.example.") is None


def test_contact_whose_address_is_a_taken_user_name_gets_another(
    acme: Organisation, ben: Person
) -> None:
    Person.objects.filter(pk=ben.pk).update(username="dora@acme.example")
    person = add_contact("dora@acme.example", name="", organisation=acme)
    assert person.username.startswith("contact-")
