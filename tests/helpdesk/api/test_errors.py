"""Every error is a problem with a sentence."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from helpdesk.api.errors import OUR_FAULT
from helpdesk.api.views import ApiView
from helpdesk.people.models import Person
from tests.helpdesk.api.calling import Caller, caller_for


def answer_to(error: Exception) -> Any:
    """What a view that raises `error` answers."""

    class Raising(ApiView):
        authentication_classes = ()
        permission_classes = ()

        def get(self, request: Request) -> Response:
            raise error

    answer = Raising.as_view()(APIRequestFactory().get("/"))
    return answer.render()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RuntimeError("secret of ours"), 500),
        (KeyError("secret of ours"), 500),
        (OperationalError("secret of ours"), 503),
        (Http404("secret of ours"), 404),
        (PermissionDenied("secret of ours"), 403),
    ],
)
def test_what_went_wrong_inside_stays_inside(error: Exception, status: int, db: None) -> None:
    answer = answer_to(error)
    told = json.loads(answer.content)
    assert (answer.status_code, told["status"]) == (status, status)
    assert answer["Content-Type"] == "application/problem+json"
    assert "secret" not in str(told)
    assert told["detail"].endswith(".")


def test_the_unexpected_is_a_sentence(db: None) -> None:
    assert json.loads(answer_to(RuntimeError()).content) == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": OUR_FAULT,
    }


def test_nothing_that_the_api_answers_is_kept_on_the_way(ada: Person) -> None:
    assert caller_for(ada).get("me/")["Cache-Control"] == "private, no-store"
    assert Caller().get("me/")["Cache-Control"] == "private, no-store"


def test_the_header_accept_changes_nothing(ada: Person) -> None:
    caller = caller_for(ada)
    caller.headers["Accept"] = "text/html"
    assert caller.get("me/")["Content-Type"] == "application/json"
