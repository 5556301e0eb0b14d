"""People in Django's admin: for administrators alone."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client

from helpdesk.calendars.models import Region
from helpdesk.mail.models import OutboundMail
from helpdesk.people import addresses
from helpdesk.people.models import EmailDomain, Organisation, Person, Team
from helpdesk.people.sign_in.models import SignOnProvider
from helpdesk.people.sign_in.sealing import unseal
from tests.helpdesk.people.sign_in.authenticator_app import set_up_app

PEOPLE = "/admin/people/person/"
PROVIDERS = "/admin/sign_in/signonprovider/"


@pytest.fixture
def roots(client_as: Callable[[Person], Client], root: Person) -> Client:
    return client_as(root)


def act(browser: Client, action: str, *people: Person) -> str:
    data = {"action": action, "_selected_action": [person.pk for person in people]}
    return browser.post(PEOPLE, data, follow=True).content.decode()


def form_of(person: Person, **changes: Any) -> dict[str, Any]:
    """What the page of a person posts."""
    return {
        "full_name": person.full_name,
        "email": person.email,
        "username": person.username,
        "role": person.role,
        "organisation": person.organisation_id or "",
        "is_active": "on",
        "password_links-TOTAL_FORMS": 0,
        "password_links-INITIAL_FORMS": 0,
        **changes,
    }


@pytest.mark.parametrize("name", ["ada", "lea", "carla", "cem"])
def test_nobody_but_administrators_gets_in(
    client_as: Callable[[Person], Client], request: pytest.FixtureRequest, name: str
) -> None:
    answer = client_as(request.getfixturevalue(name)).get(PEOPLE, follow=True)
    assert answer.status_code == 403


def test_who_is_not_signed_in_signs_in_where_everybody_does(client: Client, db: None) -> None:
    answer = client.get(PEOPLE, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")


def test_the_admins_own_sign_in_takes_no_password(client: Client, root: Person) -> None:
    data = {"username": "root", "password": "eleven-small-parrots", "next": "/admin/"}
    client.post("/admin/login/", data)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("model", [Authenticator, SocialApp])
def test_pages_of_third_parties_with_secrets_are_not_there(model: Any) -> None:
    assert not admin.site.is_registered(model)


@pytest.mark.parametrize(
    "page",
    [PEOPLE, "/admin/people/organisation/", "/admin/people/team/", PROVIDERS],
)
def test_a_list_costs_the_same_for_two_rows_and_for_twenty(
    roots: Client,
    acme: Organisation,
    page: str,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    for number in range(20):
        region = Region.objects.create(
            code=f"r{number}", name=f"Region {number}", country="AU", time_zone="Australia/Perth"
        )
        organisation = Organisation.objects.create(name=f"Client {number}", region=region)
        person = Person.objects.create_user(
            f"p{number}", f"p{number}@x.example", organisation=organisation
        )
        Team.objects.create(name=f"Team {number}").members.add(person)
        SignOnProvider.objects.create(
            region=region, name="ID", slug=f"id-{number}", issuer="https://x", client_id="x"
        )
    with django_assert_max_num_queries(9):
        assert roots.get(page).status_code == 200


@pytest.mark.parametrize("words", ["rossi", "CARLA@ACME", "acme"])
def test_people_are_found_by_name_address_and_organisation(
    roots: Client, carla: Person, gil: Person, words: str
) -> None:
    page = roots.get(f"{PEOPLE}?q={words}").content.decode()
    assert "Carla Rossi" in page
    assert "Gil Tran" not in page


def test_the_page_of_a_person_shows_no_password(roots: Client, carla: Person) -> None:
    page = roots.get(f"{PEOPLE}{carla.pk}/change/").content.decode()
    assert carla.password not in page
    assert 'name="password"' not in page


def test_an_invitation_is_sent_and_logged(roots: Client, acme: Organisation) -> None:
    dora = Person.objects.create_user("dora", "dora@acme.example", organisation=acme)
    page = act(roots, "send_invitation", dora)
    assert "An invitation to dora@acme.example is on its way." in page
    assert OutboundMail.objects.get().kind == "account_invitation"
    assert LogEntry.objects.get().change_message == "Invitation sent."


def test_who_needs_no_invitation_is_named(roots: Client, carla: Person) -> None:
    assert "Carla Rossi has set up a password already." in act(roots, "send_invitation", carla)
    assert not OutboundMail.objects.exists()


def test_deactivating_ends_every_session(
    roots: Client, client_as: Callable[[Person], Client], carla: Person
) -> None:
    carlas = client_as(carla)
    act(roots, "deactivate", carla)
    Person.objects.filter(pk=carla.pk).update(is_active=True)
    assert carlas.get("/profile/").status_code == 302


def test_the_last_administrator_stays(roots: Client, root: Person) -> None:
    assert "Root Banyan is the last active administrator." in act(roots, "deactivate", root)
    page = roots.post(f"{PEOPLE}{root.pk}/change/", form_of(root, role="agent")).content.decode()
    assert "This is the last active administrator." in page
    root.refresh_from_db()
    assert (root.is_active, root.role) == (True, "administrator")


def test_a_lost_phone_can_be_helped(roots: Client, ada: Person) -> None:
    set_up_app(ada)
    act(roots, "reset_second_factor", ada)
    assert not Authenticator.objects.exists()


def test_another_role_ends_every_session(
    roots: Client, client_as: Callable[[Person], Client], carla: Person
) -> None:
    carlas = client_as(carla)
    data = form_of(carla, role="client_manager")
    assert roots.post(f"{PEOPLE}{carla.pk}/change/", data).status_code == 302
    assert carlas.get("/profile/").status_code == 302


def test_another_address_must_be_proven_again(roots: Client, carla: Person) -> None:
    roots.post(f"{PEOPLE}{carla.pk}/change/", form_of(carla, email="c.rossi@acme.example"))
    carla.refresh_from_db()
    assert (carla.email, addresses.is_verified(carla)) == ("c.rossi@acme.example", False)


def test_a_taken_address_gets_a_sentence(roots: Client, carla: Person, gil: Person) -> None:
    data = form_of(carla, email="GIL@globex.example")
    page = roots.post(f"{PEOPLE}{carla.pk}/change/", data).content.decode()
    assert "Somebody has this e-mail address already." in page


def test_a_new_person_has_no_password(roots: Client, acme: Organisation) -> None:
    new = Person(full_name="Dora", email="dora@acme.example", username="dora", role="client")
    answer = roots.post(f"{PEOPLE}add/", form_of(new, organisation=acme.pk))
    assert answer.status_code == 302
    assert not Person.objects.get(username="dora").has_usable_password()


def test_people_are_not_deleted(roots: Client, carla: Person) -> None:
    assert roots.post(f"{PEOPLE}{carla.pk}/delete/").status_code == 403


def provider_form(region: Region, *domains: EmailDomain, **changes: Any) -> dict[str, Any]:
    return {
        "region": region.pk,
        "name": "Acme ID",
        "slug": "acme-id",
        "issuer": "https://login.acme.example",
        "client_id": "waratah",
        "client_secret": "s3cret",
        "email_domains": [domain.pk for domain in domains],
        "is_active": "on",
        **changes,
    }


def test_a_provider_is_added_and_its_secret_kept_encrypted(
    roots: Client, acme: Organisation
) -> None:
    domain = EmailDomain.objects.get(organisation=acme)
    assert roots.post(f"{PROVIDERS}add/", provider_form(acme.region, domain)).status_code == 302
    provider = SignOnProvider.objects.get()
    assert "s3cret" not in provider.sealed_secret
    assert unseal(provider.sealed_secret) == "s3cret"


def test_the_secret_never_comes_out_and_an_empty_one_changes_nothing(
    roots: Client, acme: Organisation
) -> None:
    domain = EmailDomain.objects.get(organisation=acme)
    roots.post(f"{PROVIDERS}add/", provider_form(acme.region, domain))
    page = f"{PROVIDERS}{SignOnProvider.objects.get().pk}/change/"
    assert "s3cret" not in roots.get(page).content.decode()
    roots.post(page, provider_form(acme.region, domain, name="New", client_secret=""))
    provider = SignOnProvider.objects.get()
    assert (provider.name, unseal(provider.sealed_secret)) == ("New", "s3cret")


def test_issuer_and_slug_cannot_change(roots: Client, acme: Organisation) -> None:
    domain = EmailDomain.objects.get(organisation=acme)
    roots.post(f"{PROVIDERS}add/", provider_form(acme.region, domain))
    changed = provider_form(acme.region, domain, issuer="https://evil.example", slug="evil")
    roots.post(f"{PROVIDERS}{SignOnProvider.objects.get().pk}/change/", changed)
    provider = SignOnProvider.objects.get()
    assert (provider.issuer, provider.slug) == ("https://login.acme.example", "acme-id")


def test_a_provider_is_not_deleted(roots: Client, acme: Organisation) -> None:
    domain = EmailDomain.objects.get(organisation=acme)
    roots.post(f"{PROVIDERS}add/", provider_form(acme.region, domain))
    page = f"{PROVIDERS}{SignOnProvider.objects.get().pk}/delete/"
    assert roots.post(page).status_code == 403


def test_a_provider_speaks_only_for_domains_of_its_region(
    roots: Client, acme: Organisation
) -> None:
    zealand = Region.objects.create(
        code="nz", name="New Zealand", country="NZ", time_zone="Pacific/Auckland"
    )
    domain = EmailDomain.objects.get(organisation=acme)
    page = roots.post(f"{PROVIDERS}add/", provider_form(zealand, domain)).content.decode()
    assert "These domains belong to organisations of other regions: acme.example." in page


@pytest.mark.parametrize(
    "issuer",
    ["http://login.acme.example", "login.acme.example", "https://", "https://x/?a=b", "ftp://x"],
)
def test_an_issuer_that_is_none_gets_a_sentence(
    roots: Client, acme: Organisation, issuer: str
) -> None:
    domain = EmailDomain.objects.get(organisation=acme)
    page = roots.post(f"{PROVIDERS}add/", provider_form(acme.region, domain, issuer=issuer))
    assert "Write the issuer as an address such as" in page.content.decode()
    assert not SignOnProvider.objects.exists()
