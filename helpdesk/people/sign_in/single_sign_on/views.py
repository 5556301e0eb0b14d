"""Going to a provider and coming back."""

import structlog
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from helpdesk.people.sign_in.limits import SIGN_ON_FROM_PLACE
from helpdesk.people.sign_in.refusing import limited
from helpdesk.people.sign_in.sealing import CannotUnseal
from helpdesk.people.sign_in.single_sign_on.provider import RegionalClient, RegionalProvider

log = structlog.get_logger(__name__)


@never_cache
@require_POST
@limited(SIGN_ON_FROM_PLACE)
def sign_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the person to the provider.

    By a page, not by a redirect: our `form-action` lets no form end at another site.
    """
    provider = _provider(request, slug)
    try:
        answer = provider.redirect_from_request(request)
    except (RequestException, OAuth2Error, CannotUnseal) as error:
        log.warning("sign_on.unreachable", provider=slug, why=str(error))
        context = {"provider": provider.row}
        return render(request, "socialaccount/authentication_error.html", context, status=502)
    values = {"provider": provider.row, "redirect_to": answer["Location"]}
    return render(request, "socialaccount/login_redirect.html", values)


@never_cache
@require_GET
def sign_on_callback(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the person in whom the provider sends back."""
    _provider(request, slug)
    view = OAuth2CallbackView.adapter_view(RegionalClient(request, slug))
    response: HttpResponse = view(request)
    return response


def _provider(request: HttpRequest, slug: str) -> RegionalProvider:
    try:
        provider: RegionalProvider = get_adapter().get_provider(request, slug)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return provider
