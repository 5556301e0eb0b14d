"""What a foreign page loads: a small script, and the frame in which the pop-up lives."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET

from chat.identity.vouching import vouch_for
from chat.models import Site
from helpdesk.people.requests import PersonRequest

LOADER = "chat/loader.js"


@require_GET
@cache_control(public=True, max_age=600)
def loader(request: HttpRequest) -> HttpResponse:
    """The script for any page, at an address that stays the same from release to release."""
    response = HttpResponse(_loader_text(), content_type="text/javascript; charset=utf-8")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_GET
@never_cache
@xframe_options_exempt
def frame(request: HttpRequest, key: str) -> HttpResponse:
    """The pop-up itself; only pages of the site's origins may hold it (`security.md` T49)."""
    site = get_object_or_404(Site, key=key, is_offered=True)
    origins = list(dict.fromkeys([settings.SITE_URL, *site.origins]))
    response = render(request, "chat/frame.html", {"site": site, "origins": origins})
    response._csp_update = {"img-src": ["blob:"]}  # type: ignore[attr-defined]
    response._csp_replace = {  # type: ignore[attr-defined]
        "frame-ancestors": ["'self'", *site.origins]
    }
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@login_required
@require_GET
@never_cache
def voucher(request: PersonRequest, key: str) -> JsonResponse:
    """The Help Center vouches for a signed-in client, as any host page does for its users."""
    if not request.user.is_client:
        raise Http404("Ours answer in the inbox.")
    site = get_object_or_404(Site, key=key, is_offered=True)
    return JsonResponse({"voucher": vouch_for(request.user, site=site, at=timezone.now())})


def _loader_text() -> str:
    found = finders.find(LOADER)
    if found:
        return Path(str(found)).read_text("utf-8")
    with staticfiles_storage.open(LOADER) as stored:
        return bytes(stored.read()).decode()
