"""Every error is a sentence in `application/problem+json` (RFC 9457), never a traceback."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

log = structlog.get_logger(__name__)

CONTENT_TYPE = "application/problem+json"
NOT_FOUND = "There is nothing here that you may see. Check the address."
NOT_ALLOWED = "You may not do this."
NO_TOKEN = "Send your token in the header “Authorization: Bearer wrt_…”."  # noqa: S105
NOT_UNDERSTOOD = "Some values cannot be used. Nothing was changed."
WRONG_TYPE = "Send JSON, with the header “Content-Type: application/json”."
OUR_FAULT = "Something broke on our side, and we have a note of it. Try again in a minute."
UNAVAILABLE = "The desk cannot reach its data just now. Nothing was changed; try again in a minute."
RETRY_AFTER_SECONDS = 30


class Problem(exceptions.APIException):
    """An error with its status and sentence; `facts` are further members of the answer."""

    def __init__(self, status: HTTPStatus, sentence: str, **facts: Any) -> None:
        super().__init__(sentence)
        self.status_code = status
        self.facts = facts


class TooManyCalls(Problem):
    """A limit was reached; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"Too many requests. Wait {retry_after} s, then try again.",
        )
        self.retry_after = retry_after


def handle(error: Exception, context: Mapping[str, Any]) -> Response:
    """Turn whatever a view raised into an answer."""
    set_rollback()
    match error:
        case Http404():
            return problem(HTTPStatus.NOT_FOUND, NOT_FOUND)
        case PermissionDenied():
            return problem(HTTPStatus.FORBIDDEN, NOT_ALLOWED)
        case exceptions.APIException():
            return _answer_to(error)
        case OperationalError() | InterfaceError():
            log.exception("api_without_database")
            answer = problem(HTTPStatus.SERVICE_UNAVAILABLE, UNAVAILABLE)
            answer["Retry-After"] = str(RETRY_AFTER_SECONDS)
            return answer
    log.error("api_failed", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, OUR_FAULT)


def problem(status: int, sentence: str, **facts: Any) -> Response:
    """An answer that says what happened and what to do."""
    members = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": sentence,
        **facts,
    }
    return Response(members, status=int(status), content_type=CONTENT_TYPE)


def _answer_to(error: exceptions.APIException) -> Response:
    if isinstance(error, exceptions.ValidationError):
        errors = [{"field": field, "detail": text} for field, text in _flat(error.detail)]
        sentence = " ".join([NOT_UNDERSTOOD, *(_sentence(one) for one in errors)])
        return problem(error.status_code, sentence, errors=errors)
    facts = error.facts if isinstance(error, Problem) else {}
    answer = problem(error.status_code, _words_of(error), **facts)
    if header := getattr(error, "auth_header", None):
        answer["WWW-Authenticate"] = header
    if isinstance(error, TooManyCalls):
        answer["Retry-After"] = str(error.retry_after)
    return answer


def _words_of(error: exceptions.APIException) -> str:
    match error:
        case exceptions.NotAuthenticated():
            return NO_TOKEN
        case exceptions.NotFound():
            return NOT_FOUND
        case exceptions.UnsupportedMediaType():
            return WRONG_TYPE
        case exceptions.MethodNotAllowed():
            return "This address does not take that method. The schema says which it takes."
    return str(error.detail)


def _flat(detail: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Name each value that cannot be used, nested ones with a dot."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            name = "" if name == "non_field_errors" else str(name)
            yield from _flat(inner, ".".join(filter(None, [field, name])))
    elif isinstance(detail, list | tuple):
        for inner in detail:
            yield from _flat(inner, field)
    else:
        yield field, str(detail)


def _sentence(one: Mapping[str, str]) -> str:
    return f"“{one['field']}”: {one['detail']}" if one["field"] else one["detail"]
