"""One configured provider as allauth sees it: PKCE and a nonce in every sign-in."""

import hashlib
from typing import Any, cast

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from helpdesk.people.sign_in.models import SignOnProvider
from helpdesk.people.sign_in.sealing import unseal
from helpdesk.people.sign_in.single_sign_on.discovery import ProviderUnusable, configuration_of
from helpdesk.people.sign_in.single_sign_on.fetching import get_json
from helpdesk.people.sign_in.single_sign_on.matching import NotLetIn, let_in
from helpdesk.people.sign_in.single_sign_on.tokens import (
    Claims,
    TokenRefused,
    read_id_token,
    with_userinfo,
)


class RegionalClient(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The conversation with the provider: discovery, code for tokens, reading the ID token."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Raises OAuth2Error, or requests.RequestException when the provider does not answer."""
        if not hasattr(self, "_openid_config"):
            try:
                self._openid_config = configuration_of(self.get_provider().row.issuer)
            except ProviderUnusable as error:
                raise OAuth2Error(str(error)) from error
        return self._openid_config

    @property
    def basic_auth(self) -> bool:
        """How the provider wants the client secret; without a word the standard says basic."""
        methods = self.openid_config.get(
            "token_endpoint_auth_methods_supported", ["client_secret_basic"]
        )
        has_secret = bool(self.get_provider().app.secret)
        return has_secret and "client_secret_post" not in methods

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return f"{settings.SITE_URL}{reverse('sign_on_callback', args=[self.provider_id])}"

    def get_access_token_data(
        self,
        request: HttpRequest,
        app: SocialApp,
        client: OAuth2Client,
        pkce_code_verifier: str | None = None,
    ) -> dict[str, Any]:
        self.nonce = nonce_for(pkce_code_verifier or "")
        tokens = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return cast(dict[str, Any], tokens)

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        return SocialToken(token=str(data["access_token"]))

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Find the person. Raises OAuth2Error for a bad token; shows the refusal of a stranger."""
        provider = self.get_provider()
        try:
            claims = self._claims(kwargs["response"].get("id_token"), token.token)
            let_in(claims, provider=provider.row)
        except TokenRefused as refusal:
            raise OAuth2Error(str(refusal)) from refusal
        except NotLetIn as refusal:
            page = render(
                request,
                "socialaccount/not_let_in.html",
                {"provider": provider.row, "reason": str(refusal)},
                status=403,
            )
            raise ImmediateHttpResponse(page) from refusal
        return provider.sociallogin_from_response(request, {"sub": claims.subject})

    def _claims(self, id_token: Any, access_token: str) -> Claims:
        config = self.openid_config
        claims = read_id_token(
            id_token,
            keys=get_json(config["jwks_uri"]),
            issuer=config["issuer"],
            client_id=self.get_provider().app.client_id,
            nonce=self.nonce,
        )
        if claims.email or "userinfo_endpoint" not in config:
            return claims
        return with_userinfo(claims, get_json(config["userinfo_endpoint"], token=access_token))


class RegionalProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """A row of our table as a provider of allauth's."""

    oauth2_adapter_class = RegionalClient

    def __init__(self, request: HttpRequest, row: SignOnProvider) -> None:
        self.row = row
        app = SocialApp(
            provider="openid_connect",
            provider_id=row.slug,
            name=row.name,
            client_id=row.client_id,
            secret=unseal(row.sealed_secret) if row.sealed_secret else "",
            settings={"server_url": row.issuer.rstrip("/"), "oauth_pkce_enabled": True},
        )
        super().__init__(request, app=app)

    def get_pkce_params(self) -> dict[str, str]:
        params: dict[str, str] = super().get_pkce_params()
        return params | {"nonce": nonce_for(params["code_verifier"])}

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        # Only where to go afterwards comes from outside: neither scopes nor other parameters do.
        return {"process": AuthProcess.LOGIN, "next_url": get_next_redirect_url(request)}

    def serialize(self) -> dict[str, str]:
        """What finds this provider again after the second factor was asked."""
        return {"id": self.row.slug}

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])


def nonce_for(code_verifier: str) -> str:
    """The nonce that belongs to a PKCE verifier: kept with it, told apart from its challenge."""
    return hashlib.sha256(b"nonce:" + code_verifier.encode()).hexdigest() if code_verifier else ""
