"""Going to a provider and coming back."""

import structlog
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from helpdesk.people.sign_in.limits import SIGN_ON_FROM_PLACE
from helpdesk.people.sign_in.models import SignOnProvider
from helpdesk.people.sign_in.refusing import limited
from helpdesk.people.sign_in.sealing import CannotUnseal
from helpdesk.people.sign_in.single_sign_on.provider import RegionalClient, RegionalProvider

log = structlog.get_logger(__name__)


TROUBLE = (RequestException, OAuth2Error, CannotUnseal)


@never_cache
@require_POST
@limited(SIGN_ON_FROM_PLACE)
def sign_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the person to the provider.

    By a page, not by a redirect: our `form-action` lets no form end at another site.
    """
    row = _offered(slug)
    try:
        answer = RegionalProvider(request, row).redirect_from_request(request)
    except TROUBLE as error:
        return _trouble(request, row, error)
    values = {"provider": row, "redirect_to": answer["Location"]}
    return render(request, "socialaccount/login_redirect.html", values)


@never_cache
@require_GET
def sign_on_callback(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the person in whom the provider sends back."""
    row = _offered(slug)
    view = OAuth2CallbackView.adapter_view(RegionalClient(request, slug))
    try:
        response: HttpResponse = view(request)
    except TROUBLE as error:
        return _trouble(request, row, error)
    return response


def _offered(slug: str) -> SignOnProvider:
    return get_object_or_404(SignOnProvider, slug=slug, is_active=True)


def _trouble(request: HttpRequest, provider: SignOnProvider, error: Exception) -> HttpResponse:
    log.warning("sign_on.trouble", provider=provider.slug, why=str(error))
    values = {"provider": provider}
    return render(request, "socialaccount/authentication_error.html", values, status=502)
