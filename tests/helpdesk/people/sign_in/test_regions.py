"""The sign-in page of a region: its sign-on buttons, and no others."""

import pytest
from django.test import Client

from helpdesk.calendars.models import Region
from helpdesk.people.models import EmailDomain, Organisation, Person
from helpdesk.people.sign_in.models import SignOnProvider
from tests.cast import PASSWORD

PAGE = "/accounts/login/"
BUTTON = "Sign in with Acme ID"


@pytest.fixture
def zealand(db: None) -> Region:
    """A region where single sign-on is not offered."""
    return Region.objects.create(
        code="nz", name="New Zealand", country="NZ", time_zone="Pacific/Auckland"
    )


@pytest.fixture
def offered(acme: Organisation, zealand: Region) -> SignOnProvider:
    return SignOnProvider.objects.create(
        region=acme.region,
        name="Acme ID",
        slug="acme-id",
        issuer="https://login.acme.example",
        client_id="waratah",
        is_active=True,
    )


def has_button(client: Client, address: str = PAGE) -> bool:
    return BUTTON in client.get(address).content.decode()


def test_without_a_region_there_is_no_button(client: Client, offered: SignOnProvider) -> None:
    assert not has_button(client)


def test_the_region_where_it_is_offered_has_the_button(
    client: Client, offered: SignOnProvider
) -> None:
    assert has_button(client, f"{PAGE}?region=au-vic")


@pytest.mark.parametrize("code", ["nz", "made-up", "", "x" * 5000])
def test_no_other_region_has_it(client: Client, offered: SignOnProvider, code: str) -> None:
    assert not has_button(client, f"{PAGE}?region={code}")


def test_the_choice_is_remembered_in_the_browser(client: Client, offered: SignOnProvider) -> None:
    client.get(f"{PAGE}?region=au-vic")
    assert has_button(client)
    client.get(f"{PAGE}?region=nz")
    assert not has_button(client)


def test_signing_in_remembers_the_region_of_the_organisation(
    client: Client, offered: SignOnProvider, carla: Person
) -> None:
    client.post(PAGE, {"login": "carla", "password": PASSWORD})
    client.post("/accounts/logout/")
    assert has_button(client)


def test_an_organisation_of_another_region_never_sees_it(
    client: Client, offered: SignOnProvider, zealand: Region, gil: Person
) -> None:
    Organisation.objects.filter(name="Globex").update(region=zealand)
    client.get(f"{PAGE}?region=au-vic")
    client.post(PAGE, {"login": "gil", "password": PASSWORD})
    client.post("/accounts/logout/")
    assert not has_button(client)


def test_a_provider_that_is_switched_off_has_no_button(
    client: Client, offered: SignOnProvider
) -> None:
    SignOnProvider.objects.update(is_active=False)
    assert not has_button(client, f"{PAGE}?region=au-vic")


def test_a_choice_of_region_stands_there_only_where_it_matters(
    client: Client, offered: SignOnProvider
) -> None:
    assert "Your region" in client.get(PAGE).content.decode()
    SignOnProvider.objects.update(is_active=False)
    assert "Your region" not in client.get(PAGE).content.decode()


def test_what_is_typed_does_not_change_the_buttons(
    client: Client, offered: SignOnProvider, carla: Person
) -> None:
    offered.email_domains.set(EmailDomain.objects.all())
    page = client.post(PAGE, {"login": "carla@acme.example", "password": "wrong"})
    assert BUTTON not in page.content.decode()
