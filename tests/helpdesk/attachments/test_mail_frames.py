"""A mail's HTML as the document of a frame, with its pictures."""

from collections.abc import Callable

import pytest
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.test import Client, RequestFactory
from pytest_django import Settings

from helpdesk.attachments.mail_frames import cleaned_for, frame_response
from helpdesk.attachments.models import ScanState
from helpdesk.attachments.storing import store
from helpdesk.design.appearance import Appearance
from helpdesk.markup.cleaning import clean_html
from helpdesk.markup.isolating import frame_headers
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Person
from tests.helpdesk.attachments.conftest import a_picture

pytestmark = pytest.mark.django_db

MAIL = '<img src="cid:logo" alt="Logo"><img src="https://t.example/p.png">'


def test_a_picture_of_the_mail_comes_by_a_link_for_its_reader(
    ada: Person, client_as: Callable[[Person], Client]
) -> None:
    logo = store(a_picture(), filename="logo.png", content_id="logo", by=SYSTEM)
    clean = cleaned_for(MAIL, files=[logo], reader=ada, message="7")
    address = clean.html.partition('src="')[2].partition('"')[0]
    assert client_as(ada).get(address).headers["Content-Type"] == "image/png"
    assert clean.remote_hosts == ("t.example",)


def test_a_held_picture_is_not_shown(ada: Person) -> None:
    logo = store(a_picture(), filename="logo.png", content_id="logo", by=SYSTEM)
    logo.scan_state = ScanState.NOT_SCANNED
    clean = cleaned_for(MAIL, files=[logo], reader=ada, message="7")
    assert "Image that is not in this mail: Logo" in clean.html


def test_remote_pictures_come_through_us_when_the_reader_asked(ada: Person) -> None:
    asked = cleaned_for(MAIL, files=[], reader=ada, message="7", with_remote_images=True)
    assert 'src="/images/' in asked.html
    assert "t.example" not in asked.html


def test_the_document_looks_as_the_reader_chose(settings: Settings) -> None:
    settings.FILES_URL = "https://files.example"
    response = frame_response(
        clean_html("<p>a</p>"), title="Mail", surface="console", appearance=Appearance("dark", "")
    )
    document = response.content.decode()
    assert '<html lang="en" data-surface="console" data-theme="dark">' in document
    assert '<link rel="stylesheet" href="/static/css/waratah.css">' in document
    assert (
        "img-src 'self' data: https://files.example;"
        in (response.headers["Content-Security-Policy"])
    )


def test_the_policies_of_pages_leave_those_of_the_frame_alone(rf: RequestFactory) -> None:
    def frame(request: HttpRequest) -> HttpResponseBase:
        return frame_response(
            clean_html("a"), title="Mail", surface="portal", appearance=Appearance()
        )

    guarded = CSPMiddleware(XFrameOptionsMiddleware(SecurityMiddleware(frame)))
    answer = guarded(rf.get("/"))
    assert isinstance(answer, HttpResponse)
    assert {name: answer.headers[name] for name in frame_headers()} == frame_headers()
