"""The administrator's question whether a provider answers."""

from collections.abc import Callable

from django.test import Client

from helpdesk.people.models import Person
from helpdesk.people.sign_in.models import SignOnProvider
from tests.helpdesk.people.openid_provider import OpenIdProvider


def try_out(browser: Client, provider: SignOnProvider) -> str:
    data = {"action": "try_out", "_selected_action": [provider.pk]}
    page = browser.post("/admin/sign_in/signonprovider/", data, follow=True)
    return page.content.decode()


def test_a_provider_that_answers_is_said_to(
    client_as: Callable[[Person], Client], root: Person, offered: SignOnProvider
) -> None:
    assert "Acme ID answers as it should." in try_out(client_as(root), offered)


def test_a_provider_that_names_itself_otherwise_is_said_to(
    client_as: Callable[[Person], Client],
    root: Person,
    offered: SignOnProvider,
    acme_id: OpenIdProvider,
) -> None:
    acme_id.tampering.discovery = {"issuer": "https://evil.example"}
    page = try_out(client_as(root), offered)
    assert "Acme ID: The issuer names itself otherwise." in page


def test_a_provider_that_is_gone_is_said_to(
    client_as: Callable[[Person], Client], root: Person, offered: SignOnProvider
) -> None:
    SignOnProvider.objects.update(issuer="http://127.0.0.1:1")
    assert "Acme ID: " in try_out(client_as(root), offered)
