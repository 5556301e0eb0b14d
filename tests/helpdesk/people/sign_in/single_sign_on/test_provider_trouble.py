"""The provider is down, slow or strange: passwords go on working, and people read why (R33)."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from helpdesk.people.models import Person
from helpdesk.people.sign_in.models import SignOnProvider
from helpdesk.people.sign_in.single_sign_on import fetching
from tests.cast import PASSWORD
from tests.helpdesk.people.openid_provider import OpenIdProvider

GO = "/accounts/oidc/acme-id/login/"
Through = Callable[..., str]


def test_a_provider_that_is_down_gets_a_sentence(
    client: Client, offered: SignOnProvider, acme_id: OpenIdProvider
) -> None:
    acme_id.tampering.is_down = True
    answer = client.post(GO)
    assert answer.status_code == 502
    assert "Acme ID did not answer as it should" in answer.content.decode()


def test_a_provider_that_is_gone_gets_a_sentence(client: Client, offered: SignOnProvider) -> None:
    SignOnProvider.objects.update(issuer="http://127.0.0.1:1")
    assert client.post(GO).status_code == 502


def test_a_provider_that_goes_down_on_the_way_gets_a_sentence(
    client: Client, offered: SignOnProvider, acme_id: OpenIdProvider, come_back: Through
) -> None:
    back = come_back(client)
    acme_id.tampering.is_down = True
    answer = client.get(back)
    assert answer.status_code == 502
    assert "Acme ID did not answer as it should" in answer.content.decode()


def test_passwords_work_all_the_while(
    client: Client, offered: SignOnProvider, acme_id: OpenIdProvider, carla: Person
) -> None:
    acme_id.tampering.is_down = True
    answer = client.post("/accounts/login/", {"login": "carla", "password": PASSWORD})
    assert answer.status_code == 302


def test_an_answer_that_is_too_long_is_not_read(
    client: Client,
    offered: SignOnProvider,
    acme_id: OpenIdProvider,
) -> None:
    acme_id.tampering.discovery = {"padding": "x" * fetching.MOST_BYTES}
    assert client.post(GO).status_code == 502


def test_an_answer_that_takes_too_long_is_not_waited_for(
    client: Client, offered: SignOnProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0)
    assert client.post(GO).status_code == 502


@pytest.mark.parametrize(
    "discovery",
    [
        {"authorization_endpoint": None},
        {"token_endpoint": 7},
        {"jwks_uri": []},
    ],
)
def test_a_configuration_with_holes_gets_a_sentence(
    client: Client,
    offered: SignOnProvider,
    acme_id: OpenIdProvider,
    discovery: dict[str, object],
) -> None:
    acme_id.tampering.discovery = discovery
    assert client.post(GO).status_code == 502


def test_a_redirect_is_not_followed(
    client: Client, offered: SignOnProvider, acme_id: OpenIdProvider, come_back: Through
) -> None:
    acme_id.tampering.discovery = {"jwks_uri": f"{acme_id.issuer}/authorize?x"}
    assert client.get(come_back(client)).status_code == 401


def test_plain_http_is_refused_outside_of_tests(
    client: Client, offered: SignOnProvider, settings: LazySettings
) -> None:
    settings.SINGLE_SIGN_ON_OVER_HTTP = False
    assert client.post(GO).status_code == 502


@pytest.mark.parametrize("error", ["access_denied", "server_error"])
def test_calling_it_off_at_the_provider_leads_back(
    client: Client, offered: SignOnProvider, come_back: Through, error: str
) -> None:
    state = come_back(client).partition("state=")[2]
    answer = client.get(f"{GO}callback/?error={error}&state={state}", follow=True)
    sentence = "You called it off" if error == "access_denied" else "That did not work"
    assert sentence in answer.content.decode()


def test_a_secret_that_no_key_opens_gets_a_sentence(
    client: Client, offered: SignOnProvider, settings: LazySettings
) -> None:
    settings.SECRET_KEY = "another key altogether"
    assert client.post(GO).status_code == 502


def test_a_key_among_the_fallbacks_still_opens_it(
    client: Client, offered: SignOnProvider, settings: LazySettings
) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key altogether"
    assert client.post(GO).status_code == 200
