"""Requests of the pop-up: JSON, known by the visit's secret in a header, never by a cookie.

Without a cookie nothing is sent along by a foreign page, so these views need no CSRF token.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from cases.actions.refusing import Refused
from chat.actions.saying import TooFast
from chat.identity.visiting import visit_with
from chat.models import Visit
from helpdesk.attachments.storing import FileRefused, StorageUnavailable
from helpdesk.people.models import Person

SCHEME = "Visit "
MOST_BYTES = 64_000
Arguments = ParamSpec("Arguments")
VisitView = Callable[Concatenate[HttpRequest, Visit, Arguments], HttpResponseBase]


def for_visitors(view: "VisitView[Arguments]") -> Callable[..., HttpResponseBase]:
    """Let in whoever holds the secret of a living visit, which the view is given."""

    @answering
    def guarded(
        request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        visit = _visit_of(request)
        if visit is None:
            return refused("This chat is over for this browser. Open it again.", status=401)
        return view(request, visit, *args, **kwargs)

    return guarded


def answering(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer refusals as JSON with a sentence."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except TooFast as refusal:
            return refused(str(refusal), status=429, again=refusal.retry_after)
        except StorageUnavailable as refusal:
            return refused(str(refusal), status=503)
        except (Refused, FileRefused) as refusal:
            return refused(str(refusal), status=422)

    return answered


def reader_of(request: HttpRequest) -> Person | AnonymousUser:
    """Who reads, where nobody needs to be known: the vouched client, else anybody."""
    visit = _visit_of(request)
    return visit.person if visit is not None and visit.person is not None else AnonymousUser()


def refused(sentence: str, *, status: int, **more: Any) -> JsonResponse:
    return JsonResponse({"error": sentence, **more}, status=status)


def content_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent. Raises Refused."""
    try:
        content = json.loads(request.body) if len(request.body) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise Refused("The message could not be read, so it was not taken.")
    return content


def text_in(content: dict[str, Any], name: str, *, most: int) -> str:
    """A text of the content, without spaces around it; anything else is empty."""
    value = content.get(name)
    return value.strip()[:most] if isinstance(value, str) else ""


def _visit_of(request: HttpRequest) -> Visit | None:
    header = request.headers.get("Authorization", "")
    secret = header.removeprefix(SCHEME) if header.startswith(SCHEME) else ""
    return visit_with(secret, at=timezone.now())
