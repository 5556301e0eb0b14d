"""Passkeys, with the authenticator that Chromium plays for tests.

No page is checked with axe here: its inspector would take the authenticator away.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from helpdesk.people.models import Person
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

FINGERPRINT_READER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser: Browser, desk: str) -> Iterator[Page]:
    """A page on a device with a fingerprint reader."""
    context = browser.new_context(base_url=desk)
    context.set_default_timeout(60_000)
    page = context.new_page()
    inspector = context.new_cdp_session(page)
    inspector.send("WebAuthn.enable")
    inspector.send("WebAuthn.addVirtualAuthenticator", {"options": FINGERPRINT_READER})
    yield page
    context.close()


@pytest.fixture
def signed_out(page: Page, desk: str, carla: Person) -> Page:
    """Carla has added a passkey and signed out."""
    with_password(page)
    page.wait_for_url(f"{desk}/")
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of the passkey").fill("Phone")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_text("Your passkey is added.").wait_for()
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    return page


def with_password(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("User name or e-mail address").fill("carla")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_signs_in_without_a_password(signed_out: Page, desk: str) -> None:
    signed_out.goto("/accounts/login/")
    signed_out.get_by_role("button", name="Sign in with a passkey").click()
    signed_out.wait_for_url(f"{desk}/")
    signed_out.goto("/profile/")
    signed_out.get_by_text("A passkey.").wait_for()


def test_a_passkey_is_the_second_step_after_a_password(signed_out: Page, desk: str) -> None:
    with_password(signed_out)
    signed_out.get_by_role("heading", name="Second step").wait_for()
    signed_out.get_by_role("button", name="Use a passkey").click()
    signed_out.wait_for_url(f"{desk}/")


def test_without_the_device_the_passkey_does_not_sign_in(
    signed_out: Page, browser: Browser, desk: str
) -> None:
    context = browser.new_context(base_url=desk)
    other = context.new_page()
    inspector = context.new_cdp_session(other)
    inspector.send("WebAuthn.enable")
    inspector.send("WebAuthn.addVirtualAuthenticator", {"options": FINGERPRINT_READER})
    other.goto("/accounts/login/")
    other.get_by_role("button", name="Sign in with a passkey").click()
    other.get_by_text("The passkey was not used.").wait_for()
    assert other.url == f"{desk}/accounts/login/"
    context.close()
