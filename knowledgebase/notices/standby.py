"""The status page outlives the database: what fails for somebody is answered as to anybody."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger(__name__)

PUBLIC = "/status/"
FAILED = 500


class StatusStandbyMiddleware:
    """Who is signed in cannot be asked while the database is away; the status needs nobody's name.

    Stands before the session: a page below `PUBLIC` that failed is asked for once more without
    the reader's cookie, and is then answered from what is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_readable = request.method == "GET" and request.path.startswith(PUBLIC)
        if not is_readable or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        response = self.get_response(request)
        if response.status_code != FAILED:
            return response
        log.warning("notices.answered_as_to_anybody", path=request.path)
        del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)
