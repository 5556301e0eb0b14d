"""A running OpenID provider and its row in the region of Acme and Globex."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import LazySettings
from django.test import Client

from helpdesk.people.models import EmailDomain, Organisation
from helpdesk.people.sign_in.models import SignOnProvider
from helpdesk.people.sign_in.sealing import seal
from tests.helpdesk.people.openid_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    OpenIdProvider,
    running_provider,
)


@pytest.fixture
def acme_id(settings: LazySettings) -> Iterator[OpenIdProvider]:
    """The provider itself; whoever comes is Carla."""
    settings.SINGLE_SIGN_ON_OVER_HTTP = True
    with running_provider() as provider:
        provider.who = {
            "sub": "acme|carla",
            "email": "Carla@acme.example",
            "email_verified": True,
            "name": "Carla Rossi",
        }
        yield provider


@pytest.fixture
def offered(acme: Organisation, acme_id: OpenIdProvider) -> SignOnProvider:
    """The provider as the desk knows it: it speaks for acme.example."""
    provider = SignOnProvider.objects.create(
        region=acme.region,
        name="Acme ID",
        slug="acme-id",
        issuer=acme_id.issuer,
        client_id=CLIENT_ID,
        sealed_secret=seal(CLIENT_SECRET),
        is_active=True,
    )
    provider.email_domains.set(EmailDomain.objects.filter(organisation=acme))
    return provider


@pytest.fixture
def come_back() -> Callable[..., str]:
    """`come_back(browser)`: go to the provider and return the address it sends the browser to."""

    def through(browser: Client, **more: str) -> str:
        page = browser.post("/accounts/oidc/acme-id/login/", more)
        provider = page.context["redirect_to"]
        answer = httpx.get(provider)
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"

    return through
