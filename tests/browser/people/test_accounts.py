"""Coming in and looking after one's account, in a real browser. Every page is checked with axe."""

import re
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.utils import timezone

from helpdesk.people import addresses
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import EmailDomain, Organisation, Person
from helpdesk.people.sign_in.links import make_link
from helpdesk.people.sign_in.models import PasswordLink, SignOnProvider
from helpdesk.people.sign_in.sealing import seal
from tests.browser.stories.people import Visitor
from tests.cast import PASSWORD
from tests.helpdesk.people.openid_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    OpenIdProvider,
    running_provider,
)
from tests.helpdesk.people.sign_in.authenticator_app import code_of

pytestmark = pytest.mark.django_db(transaction=True)

FOR_EVERYBODY = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-nonsense/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/nonsense/",
    "/accounts/inactive/",
    "/accounts/oidc/cancelled/",
]
WHEN_SIGNED_IN = [
    "/profile/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/totp/activate/",
    "/accounts/logout/",
]


def press(somebody: Visitor, name: str) -> None:
    somebody.page.get_by_role("button", name=name, exact=True).click()


def sign_in(somebody: Visitor, username: str) -> None:
    somebody.go("/accounts/login/")
    somebody.page.get_by_label("User name or e-mail address").fill(username)
    somebody.page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(somebody, "Sign in")


def is_sideways(somebody: Visitor) -> bool:
    """Whether the page is wider than the screen."""
    wide: bool = somebody.page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wide


def test_pages_for_everybody_fit_and_are_accessible(somebody: Visitor) -> None:
    for path in FOR_EVERYBODY:
        somebody.go(path)
        assert not is_sideways(somebody), path


def test_pages_of_an_account_fit_and_are_accessible(somebody: Visitor, carla: Person) -> None:
    long = "maximilian.a.very.long.address.indeed.featherstonehaugh@acme.example"
    carla.email, carla.full_name = long, "Maximilian " * 8
    carla.save()
    addresses.mark_verified(carla)
    sign_in(somebody, "carla")
    somebody.page.wait_for_url(f"{somebody.url}/")
    somebody.go("/accounts/2fa/totp/activate/")
    somebody.page.get_by_label("Current password").fill(PASSWORD)
    press(somebody, "Go on")
    for path in WHEN_SIGNED_IN:
        somebody.go(path)
        assert not is_sideways(somebody), path


def test_somebody_invited_sets_up_a_password_and_a_time_zone(
    somebody: Visitor, acme: Organisation
) -> None:
    dora = Person.objects.create_user(
        "dora", "dora@acme.example", full_name="Dora Maar", organisation=acme
    )
    _, link = make_link(
        dora, purpose=PasswordLink.Purpose.INVITATION, by=SYSTEM, now=timezone.now()
    )
    somebody.page.goto(link)
    somebody.sees("Welcome, Dora Maar")
    somebody.look()
    somebody.page.get_by_label("New password", exact=True).fill("nine-quiet-wombats")
    somebody.page.get_by_label("New password again").fill("nine-quiet-wombats")
    press(somebody, "Set up my password")
    somebody.page.wait_for_url(f"{somebody.url}/")
    somebody.go("/profile/")
    somebody.page.get_by_role("combobox", name="Time zone").fill("auck")
    somebody.page.get_by_role("option", name="Pacific/Auckland").click()
    press(somebody, "Save")
    somebody.sees("Your profile is saved.")
    dora.refresh_from_db()
    assert dora.time_zone == "Pacific/Auckland"


def test_one_of_ours_sets_up_the_second_step_before_anything_else(
    somebody: Visitor, ada: Person, settings: LazySettings
) -> None:
    settings.STAFF_MUST_USE_MFA = True
    sign_in(somebody, "ada")
    somebody.sees("One more lock for your account")
    somebody.look()
    somebody.page.get_by_text("The code cannot be scanned").click()
    secret = somebody.page.locator("details code").inner_text().replace(" ", "")
    somebody.page.get_by_label("Type the six digits that the app shows.").fill(code_of(secret))
    press(somebody, "Done")
    somebody.sees("Recovery codes")
    somebody.look()
    assert somebody.page.locator(".account__codes li").count() == 10


@pytest.fixture
def acme_id(acme: Organisation, settings: LazySettings) -> Iterator[OpenIdProvider]:
    settings.SINGLE_SIGN_ON_OVER_HTTP = True
    with running_provider() as provider:
        provider.who = {"sub": "1", "email": "carla@acme.example", "email_verified": True}
        row = SignOnProvider.objects.create(
            region=acme.region,
            name="Acme ID",
            slug="acme-id",
            issuer=provider.issuer,
            client_id=CLIENT_ID,
            sealed_secret=seal(CLIENT_SECRET),
            is_active=True,
        )
        row.email_domains.set(EmailDomain.objects.filter(organisation=acme))
        yield provider


def test_the_button_of_the_region_leads_to_the_provider_and_back(
    somebody: Visitor, acme_id: OpenIdProvider, carla: Person
) -> None:
    somebody.go("/accounts/login/")
    somebody.page.get_by_label("Your region").select_option("au-vic")
    press(somebody, "Show")
    somebody.look()
    press(somebody, "Sign in with Acme ID")
    somebody.page.wait_for_url(re.compile(rf"{somebody.url}/$"))
    somebody.go("/profile/")
    somebody.sees("carla@acme.example")
