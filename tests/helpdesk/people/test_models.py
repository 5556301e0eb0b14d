"""People in the database: unique in any letter case, one role as the only grant."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from helpdesk.people.models import EmailDomain, Organisation, Person, Role


@pytest.mark.parametrize("username", ["CARLA", "Carla", "cArLa"])
def test_user_name_is_unique_in_any_letter_case(carla: Person, username: str) -> None:
    with pytest.raises(IntegrityError, match="username_is_unique_in_any_case"):
        Person.objects.create(username=username, email="other@acme.example")


@pytest.mark.parametrize("email", ["CARLA@ACME.EXAMPLE", "Carla@Acme.Example"])
def test_address_is_unique_in_any_letter_case(carla: Person, email: str) -> None:
    with pytest.raises(IntegrityError, match="email_is_unique_in_any_case"):
        Person.objects.create(username="other", email=email)


def test_domain_has_one_owner_in_any_letter_case(acme: Organisation, globex: Organisation) -> None:
    with pytest.raises(IntegrityError, match="email_domain_has_one_owner"):
        EmailDomain.objects.create(organisation=globex, domain="ACME.example")


def test_unknown_role_is_refused_by_the_database(carla: Person) -> None:
    with pytest.raises(IntegrityError, match="person_role_is_known"):
        Person.objects.filter(pk=carla.pk).update(role="owner")


def test_user_name_with_an_at_sign_must_be_ones_own_address(carla: Person) -> None:
    carla.username = "ben@desk.example"
    with pytest.raises(ValidationError, match="must be the person's own e-mail address"):
        carla.full_clean()


def test_ones_own_address_may_be_the_user_name_in_any_letter_case(carla: Person) -> None:
    carla.username = "Carla@ACME.example"
    carla.full_clean()


@pytest.mark.parametrize(
    ("role", "may_administer"),
    [
        (Role.CLIENT, False),
        (Role.CLIENT_MANAGER, False),
        (Role.AGENT, False),
        (Role.LEAD, False),
        (Role.ADMINISTRATOR, True),
    ],
)
def test_only_administrators_may_do_anything_in_the_admin(role: Role, may_administer: bool) -> None:
    person = Person(role=role)
    asked = (
        person.is_staff,
        person.has_perm("people.view_person"),
        person.has_perms(["people.view_person"]),
        person.has_module_perms("people"),
    )
    assert asked == (may_administer,) * 4


def test_a_deactivated_administrator_has_no_permission() -> None:
    person = Person(role=Role.ADMINISTRATOR, is_active=False)
    assert not person.has_perm("people.view_person")


def test_address_comes_before_somebody_elses_user_name(carla: Person, ben: Person) -> None:
    Person.objects.filter(pk=ben.pk).update(username="carla@acme.example")
    assert Person.objects.get_by_natural_key("Carla@Acme.example") == carla


def test_nobody_has_an_empty_name(carla: Person) -> None:
    with pytest.raises(Person.DoesNotExist):
        Person.objects.get_by_natural_key(" ")


def test_a_new_person_without_password_has_none_that_works(db: None) -> None:
    person = Person.objects.create_user("new", "New@Acme.example ")
    assert (person.has_usable_password(), person.email) == (False, "new@acme.example")


def test_a_superuser_is_an_administrator(db: None) -> None:
    person = Person.objects.create_superuser("boss", "boss@desk.example", "eleven-small-parrots")
    assert (person.role, person.is_superuser) == (Role.ADMINISTRATOR, True)
