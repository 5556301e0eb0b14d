"""Where allauth asks us about single sign-on."""

from typing import Any

import structlog
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import Provider
from django.http import HttpRequest
from requests import Session

from helpdesk.people.sign_in.models import SignOnProvider
from helpdesk.people.sign_in.single_sign_on.fetching import CarefulSession
from helpdesk.people.sign_in.single_sign_on.provider import RegionalProvider

log = structlog.get_logger(__name__)


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers are our rows; nobody signs up beyond what `matching` lets in."""

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> RegionalProvider:
        """The offered provider of that slug. Raises SocialApp.DoesNotExist."""
        row = (
            SignOnProvider.objects.select_related("region")
            .filter(slug=provider, is_active=True)
            .first()
        )
        if row is None:
            raise SocialApp.DoesNotExist
        return RegionalProvider(request, row)

    def list_providers(self, request: HttpRequest) -> list[Provider]:
        """None: the buttons of the sign-in page come from `regions`."""
        return []

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def get_requests_session(self) -> Session:
        return CarefulSession()

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        log.warning("sign_on.failed", provider=provider.sub_id, error=error, why=str(exception))
