"""What an attacker tries at single sign-on (`security.md` G16). Nobody ever gets in."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from helpdesk.people.models import Organisation, Person
from helpdesk.people.sign_in.models import SignOnProvider
from tests.helpdesk.people.openid_provider import CLIENT_ID, OpenIdProvider, Tampering

Through = Callable[..., str]
CALLBACK = "/accounts/oidc/acme-id/login/callback/"


@pytest.fixture
def gets_in(
    client: Client, offered: SignOnProvider, carla: Person, come_back: Through
) -> Callable[[], Any]:
    """`gets_in()` signs on through the provider and returns the answer, or fails if that works."""

    def attempt() -> Any:
        people = Person.objects.count()
        answer = client.get(come_back(client))
        assert "_auth_user_id" not in client.session
        assert Person.objects.count() == people
        assert not SocialAccount.objects.exists()
        return answer

    return attempt


@pytest.mark.parametrize("verified", [False, None, "false", "yes", 1, []])
def test_an_address_that_the_provider_does_not_vouch_for(
    acme_id: OpenIdProvider, gets_in: Callable[[], Any], verified: Any
) -> None:
    acme_id.who["email_verified"] = verified
    answer = gets_in()
    assert answer.status_code == 403
    assert "does not confirm that you read an e-mail address" in answer.content.decode()


@pytest.mark.parametrize(
    "email",
    [
        "gil@globex.example",
        "x@notacme.example",
        "x@acme.example.evil.example",
        "carla@acme.example@evil.example",
        "x@sub.acme.example",
    ],
)
def test_an_address_of_a_domain_that_it_does_not_speak_for(
    acme_id: OpenIdProvider, gets_in: Callable[[], Any], gil: Person, email: str
) -> None:
    acme_id.who |= {"sub": "evil", "email": email}
    answer = gets_in()
    assert answer.status_code == 403
    assert "does not speak for addresses such as" in answer.content.decode()


@pytest.mark.parametrize("role", ["agent", "lead", "administrator"])
def test_the_address_of_one_of_ours(
    acme_id: OpenIdProvider, gets_in: Callable[[], Any], carla: Person, role: str
) -> None:
    Person.objects.filter(pk=carla.pk).update(role=role, organisation=None)
    assert "This way in is for clients." in gets_in().content.decode()


def test_one_of_ours_is_not_let_in_even_where_linked(
    client: Client, offered: SignOnProvider, carla: Person, come_back: Through
) -> None:
    SocialAccount.objects.create(provider="acme-id", uid="acme|carla", user=carla)
    Person.objects.filter(pk=carla.pk).update(role="agent")
    assert client.get(come_back(client)).status_code == 403
    assert "_auth_user_id" not in client.session


def test_somebody_deactivated(
    acme_id: OpenIdProvider, gets_in: Callable[[], Any], carla: Person
) -> None:
    Person.objects.filter(pk=carla.pk).update(is_active=False)
    assert gets_in().status_code == 403


def test_a_client_whose_organisation_moved_to_a_region_without_it(
    acme_id: OpenIdProvider, gets_in: Callable[[], Any], acme: Organisation
) -> None:
    acme.region = type(acme.region).objects.create(
        code="nz", name="New Zealand", country="NZ", time_zone="Pacific/Auckland"
    )
    acme.save()
    assert "is not offered for this account" in gets_in().content.decode()


def test_an_address_that_was_given_to_somebody_new(
    client: Client,
    offered: SignOnProvider,
    acme_id: OpenIdProvider,
    carla: Person,
    come_back: Through,
) -> None:
    client.get(come_back(client))
    acme_id.who["sub"] = "acme|another-carla"
    other = Client()
    answer = other.get(come_back(other))
    assert "is linked to another account at Acme ID" in answer.content.decode()
    assert "_auth_user_id" not in other.session


def test_the_same_subject_at_another_issuer(
    client: Client,
    offered: SignOnProvider,
    acme_id: OpenIdProvider,
    carla: Person,
    gil: Person,
    come_back: Through,
) -> None:
    SocialAccount.objects.create(provider="another-id", uid="acme|carla", user=gil)
    client.get(come_back(client))
    assert client.session["_auth_user_id"] == str(carla.pk)


BAD_TOKENS = {
    "no signature": Tampering(algorithm="none"),
    "signed with the client secret": Tampering(algorithm="HS256"),
    "signed with an unknown key": Tampering(with_other_key=True),
    "another issuer": Tampering(claims={"iss": "https://evil.example"}),
    "another audience": Tampering(claims={"aud": "another-client"}),
    "among others for us, issued to another party": Tampering(
        claims={"aud": [CLIENT_ID, "another-client"], "azp": "another-client"}
    ),
    "expired": Tampering(claims={"exp": int(timezone.now().timestamp()) - 120}),
    "issued in the future": Tampering(claims={"iat": int(timezone.now().timestamp()) + 9000}),
    "another nonce": Tampering(claims={"nonce": "of another sign-in"}),
    "no nonce": Tampering(without=("nonce",)),
    "no subject": Tampering(without=("sub",)),
    "empty subject": Tampering(claims={"sub": ""}),
    "a subject that is no text": Tampering(claims={"sub": 1}),
    "no expiry": Tampering(without=("exp",)),
    "no audience": Tampering(without=("aud",)),
    "no token at all": Tampering(token_answer={"id_token": None}),
    "a token that is none": Tampering(token_answer={"id_token": "a.b.c"}),
    "a token that is a list": Tampering(token_answer={"id_token": ["a"]}),
    "user info of somebody else": Tampering(
        without=("email", "email_verified"),
        userinfo={"sub": "acme|other", "email": "carla@acme.example", "email_verified": True},
    ),
}


@pytest.mark.parametrize("tampering", BAD_TOKENS.values(), ids=BAD_TOKENS.keys())
def test_a_bad_token(
    acme_id: OpenIdProvider, gets_in: Callable[[], Any], tampering: Tampering
) -> None:
    acme_id.tampering = tampering
    answer = gets_in()
    assert answer.status_code == 401
    assert "That did not work" in answer.content.decode()


def test_a_provider_that_names_itself_otherwise(
    client: Client, offered: SignOnProvider, acme_id: OpenIdProvider
) -> None:
    acme_id.tampering.discovery = {"issuer": "https://evil.example"}
    answer = client.post("/accounts/oidc/acme-id/login/")
    assert answer.status_code == 502


def test_a_replayed_callback(
    client: Client, offered: SignOnProvider, carla: Person, come_back: Through
) -> None:
    back = come_back(client)
    client.get(back)
    client.post("/accounts/logout/")
    assert client.get(back).status_code == 401
    assert "_auth_user_id" not in client.session


def test_a_code_that_was_used_already(
    client: Client,
    offered: SignOnProvider,
    acme_id: OpenIdProvider,
    carla: Person,
    come_back: Through,
) -> None:
    back = come_back(client)
    acme_id.grants.clear()
    assert client.get(back).status_code == 401
    assert "_auth_user_id" not in client.session


def test_the_code_of_another_browser(
    client: Client, offered: SignOnProvider, carla: Person, come_back: Through
) -> None:
    back = come_back(Client())
    assert client.get(back).status_code == 401
    assert "_auth_user_id" not in client.session


def test_the_code_of_one_sign_in_with_the_state_of_another(
    client: Client, offered: SignOnProvider, carla: Person, come_back: Through
) -> None:
    first, second = come_back(client), come_back(client)
    code = first.partition("code=")[2].partition("&")[0]
    state = second.partition("state=")[2]
    assert client.get(f"{CALLBACK}?code={code}&state={state}").status_code == 401
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "query", ["code=x", "code=x&state=", "code=x&state=made-up", "state=x", ""]
)
def test_a_callback_without_a_state_of_ours(
    client: Client, offered: SignOnProvider, query: str
) -> None:
    assert client.get(f"{CALLBACK}?{query}").status_code == 401


def test_headers_that_name_a_person_are_ignored(client: Client, carla: Person) -> None:
    answer = client.get("/profile/", headers={"Remote-User": "carla", "X-Forwarded-User": "carla"})
    assert answer.status_code == 302
