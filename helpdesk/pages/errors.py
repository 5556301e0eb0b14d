"""Error pages: what happened, what is kept, what to do. The API answers with JSON of its own.

They need neither database nor session, so that they can be shown when those are the trouble.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from helpdesk.design.appearance import appearance_of


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form could not be read."""
    return page(request, status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed."""
    return page(request, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing there, or nothing that this reader may see; the answer is the same."""
    return page(request, status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Should the page itself fail, a sentence remains."""
    try:
        return page(request, status=500)
    except Exception:  # noqa: BLE001 - whatever is broken, the reader gets an answer
        return HttpResponseServerError("Something broke on our side. Please try again in a minute.")


def unavailable(request: HttpRequest, *, retry_after_seconds: int = 60) -> HttpResponse:
    """503: the desk is starting, being mended, or without its database."""
    response = page(request, status=503)
    response["Retry-After"] = str(retry_after_seconds)
    return response


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is too old or missing (`settings.CSRF_FAILURE_VIEW`)."""
    return page(request, status=403, template="errors/csrf.html")


def page(request: HttpRequest, *, status: int, template: str = "") -> HttpResponse:
    """The error page of a status, in the reader's colours, without asking who the reader is."""
    html = render_to_string(
        template or f"errors/{status}.html", {"appearance": appearance_of(request)}
    )
    return HttpResponse(html, status=status)
