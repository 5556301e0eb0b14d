"""Single sign-on, through a real provider: who gets in, as whom, and linked to what."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from helpdesk.mail.models import OutboundMail
from helpdesk.people import addresses
from helpdesk.people.models import Organisation, Person, Role
from helpdesk.people.sign_in.models import SignOnProvider
from tests.cast import PASSWORD
from tests.helpdesk.people.openid_provider import OpenIdProvider
from tests.helpdesk.people.sign_in.authenticator_app import code_of, set_up_app

Through = Callable[..., str]


def signed_in_as(browser: Client) -> str | None:
    return browser.session.get("_auth_user_id")


def test_a_known_client_gets_in_and_is_linked(
    client: Client, offered: SignOnProvider, carla: Person, come_back: Through
) -> None:
    answer = client.get(come_back(client))
    assert answer["Location"] == "/"
    assert signed_in_as(client) == str(carla.pk)
    link = SocialAccount.objects.get()
    assert (link.provider, link.uid, link.user) == ("acme-id", "acme|carla", carla)


def test_the_page_one_wanted_comes_afterwards(
    client: Client, offered: SignOnProvider, carla: Person, come_back: Through
) -> None:
    assert client.get(come_back(client, next="/profile/"))["Location"] == "/profile/"


def test_once_linked_the_address_no_longer_matters(
    client: Client,
    offered: SignOnProvider,
    acme_id: OpenIdProvider,
    carla: Person,
    come_back: Through,
) -> None:
    client.get(come_back(client))
    acme_id.who = {"sub": "acme|carla", "email": "new.name@other.example"}
    other = Client()
    other.get(come_back(other))
    assert signed_in_as(other) == str(carla.pk)
    assert SocialAccount.objects.count() == 1


def test_somebody_new_of_the_domain_becomes_a_client_of_its_organisation(
    client: Client,
    offered: SignOnProvider,
    acme_id: OpenIdProvider,
    acme: Organisation,
    come_back: Through,
) -> None:
    acme_id.who |= {"sub": "acme|dora", "email": "dora@acme.example", "name": "Dora Maar"}
    client.get(come_back(client))
    dora = Person.objects.get(email="dora@acme.example")
    assert (dora.organisation, dora.role, dora.full_name) == (acme, Role.CLIENT, "Dora Maar")
    assert signed_in_as(client) == str(dora.pk)
    assert not dora.has_usable_password()
    assert addresses.is_verified(dora)


def test_the_person_is_told_of_the_link_once(
    client: Client, offered: SignOnProvider, carla: Person, come_back: Through
) -> None:
    client.get(come_back(client))
    other = Client()
    other.get(come_back(other))
    subject = OutboundMail.objects.get().subject
    assert subject == "Your account can now be entered with Acme ID."


def test_a_password_that_was_set_before_the_address_was_proven_is_dropped(
    client: Client, offered: SignOnProvider, carla: Person, come_back: Through
) -> None:
    EmailAddress.objects.all().delete()
    client.get(come_back(client))
    carla.refresh_from_db()
    assert not carla.has_usable_password()


def test_a_password_of_a_proven_address_stays(
    client: Client, offered: SignOnProvider, carla: Person, come_back: Through
) -> None:
    client.get(come_back(client))
    carla.refresh_from_db()
    assert carla.check_password(PASSWORD)


def test_the_second_factor_is_asked_as_ever(
    client: Client, offered: SignOnProvider, carla: Person, come_back: Through
) -> None:
    secret = set_up_app(carla)
    second_step = client.get(come_back(client))["Location"]
    assert (second_step, signed_in_as(client)) == ("/accounts/2fa/authenticate/", None)
    assert client.get(second_step).status_code == 200
    client.post(second_step, {"code": code_of(secret)})
    assert signed_in_as(client) == str(carla.pk)


def test_each_sign_in_has_its_own_state_nonce_and_challenge(
    client: Client, offered: SignOnProvider, acme_id: OpenIdProvider, come_back: Through
) -> None:
    come_back(client)
    come_back(client)
    first, second = acme_id.asked
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 16
        assert first[name] != second[name]


def test_the_session_key_changes_at_sign_in(
    client: Client, offered: SignOnProvider, carla: Person, come_back: Through
) -> None:
    back = come_back(client)
    before = client.session.session_key
    client.get(back)
    assert client.session.session_key != before


def test_a_provider_that_rotated_its_keys_is_understood(
    client: Client,
    offered: SignOnProvider,
    acme_id: OpenIdProvider,
    carla: Person,
    come_back: Through,
) -> None:
    client.get(come_back(client))
    acme_id.rotate_key()
    other = Client()
    other.get(come_back(other))
    assert signed_in_as(other) == str(carla.pk)


def test_an_address_that_only_the_user_info_has_counts(
    client: Client,
    offered: SignOnProvider,
    acme_id: OpenIdProvider,
    carla: Person,
    come_back: Through,
) -> None:
    acme_id.tampering.without = ("email", "email_verified", "name")
    client.get(come_back(client))
    assert signed_in_as(client) == str(carla.pk)


@pytest.mark.parametrize("methods", [["client_secret_basic"], ["client_secret_post"]])
def test_the_secret_goes_as_the_provider_wants_it(
    client: Client,
    offered: SignOnProvider,
    acme_id: OpenIdProvider,
    carla: Person,
    come_back: Through,
    methods: list[str],
) -> None:
    acme_id.tampering.discovery = {"token_endpoint_auth_methods_supported": methods}
    client.get(come_back(client))
    assert signed_in_as(client) == str(carla.pk)


def test_what_was_not_offered_does_not_exist(client: Client, offered: SignOnProvider) -> None:
    SignOnProvider.objects.update(is_active=False)
    assert client.post("/accounts/oidc/acme-id/login/").status_code == 404
    assert client.get("/accounts/oidc/acme-id/login/callback/?code=1&state=1").status_code == 404
    assert client.post("/accounts/oidc/other/login/").status_code == 404


def test_going_to_the_provider_needs_a_post(client: Client, offered: SignOnProvider) -> None:
    assert client.get("/accounts/oidc/acme-id/login/").status_code == 405


def test_nothing_but_the_way_on_is_taken_from_the_request(
    client: Client, offered: SignOnProvider, acme_id: OpenIdProvider, come_back: Through
) -> None:
    evil = "scope=admin&auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example&process=connect"
    page = client.post(f"/accounts/oidc/acme-id/login/?{evil}")
    assert "evil.example" not in page.context["redirect_to"]
    assert "admin" not in page.context["redirect_to"]
