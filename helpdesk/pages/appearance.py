"""The switch for colours and density, for a browser without script."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from helpdesk.design import appearance


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the chosen theme or density in a cookie and go back to where the reader was."""
    response = HttpResponseRedirect(_way_back(request))
    for name in ("theme", "density"):
        if name in request.POST:
            appearance.remember(response, name, request.POST[name], secure=settings.IS_HTTPS)
    return response


def _way_back(request: HttpRequest) -> str:
    origin = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        origin, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return origin if is_ours else "/"
