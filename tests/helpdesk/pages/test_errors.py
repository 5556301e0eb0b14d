"""Error pages say what happened, what is kept and what to do."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import Settings

from helpdesk.pages import errors


def _break(request: HttpRequest) -> HttpResponse:
    raise {"400": SuspiciousOperation, "403": PermissionDenied, "500": RuntimeError}[
        request.GET["with"]
    ]


urlpatterns = [path("break/", _break)]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error


@pytest.fixture
def browser(settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/break/?with=400", 400, "Nothing was changed."),
        ("/break/?with=403", 403, "This is not open to you"),
        ("/nothing/", 404, "There is nothing here that you can see"),
        ("/break/?with=500", 500, "Try again in a minute."),
    ],
)
def test_an_error_has_its_page_without_a_database(
    browser: Client, address: str, status: int, sentence: str
) -> None:
    answer = browser.get(address)
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert answer.content.count(b"<h1>") == 1


def test_a_desk_that_is_away_says_when_to_come_back() -> None:
    answer = errors.unavailable(RequestFactory().get("/"), retry_after_seconds=30)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert b"Reload this page in a minute." in answer.content


def test_a_form_that_is_too_old_says_so() -> None:
    answer = errors.csrf_failure(RequestFactory().post("/"), reason="secret reason")
    assert answer.status_code == 403
    assert b"This form is too old to be sent" in answer.content
    assert b"secret reason" not in answer.content


def test_should_the_page_itself_fail_a_sentence_remains(settings: Settings) -> None:
    settings.TEMPLATES = []
    answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert answer.content == b"Something broke on our side. Please try again in a minute."
