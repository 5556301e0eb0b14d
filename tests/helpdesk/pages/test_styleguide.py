"""The styleguide: in development and for staff."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from helpdesk.people.models import Person

ADDRESSES = ["/styleguide/", "/styleguide/portal/", "/styleguide/console/", "/styleguide/account/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_staff_see_every_page_of_it(
    address: str, client_as: Callable[[Person], Client], ada: Person
) -> None:
    assert client_as(ada).get(address).status_code == 200


def test_it_is_not_there_for_a_client(client_as: Callable[[Person], Client], carla: Person) -> None:
    assert client_as(carla).get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_it_is_not_there_for_nobody(client: Client) -> None:
    assert client.get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_it_is_there_for_everybody_in_development(client: Client, settings: Settings) -> None:
    settings.DEBUG = True
    assert client.get("/styleguide/").status_code == 200


def test_another_name_is_not_a_page_of_it(
    client_as: Callable[[Person], Client], ada: Person
) -> None:
    assert client_as(ada).get("/styleguide/secrets/").status_code == 404
