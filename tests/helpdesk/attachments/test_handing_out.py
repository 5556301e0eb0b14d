"""Handing a file out."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from helpdesk.attachments.handing_out import (
    LinkExpired,
    read_signed_url,
    respond_with,
    signed_url,
)
from helpdesk.attachments.storing import store
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Person
from tests.helpdesk.attachments.conftest import a_picture

pytestmark = pytest.mark.django_db

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def _content(response: HttpResponseBase) -> bytes:
    assert isinstance(response, StreamingHttpResponse)
    return response.getvalue()


def _token(url: str) -> str:
    return url.rpartition("/")[2]


def test_a_file_is_a_download_that_can_do_nothing_in_a_browser() -> None:
    response = respond_with(store(b"words", filename="r\u00e9sum\u00e9 1.txt", by=SYSTEM))
    assert _content(response) == b"words"
    assert {name: response.headers[name] for name in sorted(response.headers)} == {
        "Cache-Control": "private, no-store",
        "Content-Disposition": "attachment; filename*=utf-8''r%C3%A9sum%C3%A9%201.txt",
        "Content-Length": "5",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "Content-Type": "text/plain",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"<script>alert(1)</script>", "a.html"),
        (b"<html><body onload=alert(1)>", "a.txt"),
        (SVG, "a.svg"),
        (SVG, "a.png"),
        (b"<?xml version='1.0'?><x xmlns='http://www.w3.org/1999/xhtml'/>", "a.xml"),
        (b"<x/>", "a.xhtml"),
        (b"GIF89a/*<script>*/=alert(1)", "a.gif"),
        (b"alert(1)", "a.js"),
        (b"%PDF-1.7 /JS (app.alert(1))", "a.pdf"),
        (b"From: a\nContent-Type: text/html\n\n<script>", "a.mht"),
        (b"FWS\x06", "a.swf"),
        (b"\x00asm", "a.wasm"),
        (b"CACHE MANIFEST", "a.appcache"),
        (b"body{}", "a.css"),
        (b"{}", "a.json"),
        (b"words", "noending"),
        (b"\xff\xfe<\x00s\x00c\x00r\x00i\x00p\x00t\x00>\x00", "a.txt"),
        (b"+ADw-script+AD4-", "a.txt"),
    ],
)
@pytest.mark.parametrize("inline", [True, False])
def test_nothing_from_outside_is_ever_a_page_of_ours(
    content: bytes, filename: str, inline: bool
) -> None:
    response = respond_with(store(content, filename=filename, by=SYSTEM), inline=inline)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert re.fullmatch(
        r"application/(octet-stream|pdf|json)|image/gif|text/plain",
        response.headers["Content-Type"],
    )
    assert _content(response) == content


@pytest.mark.parametrize("filename", ['a"b.txt', "a\r\nX: y.txt", "a\\b;c.txt", "\u202egnp.txt"])
def test_no_name_writes_a_header(filename: str) -> None:
    response = respond_with(store(b"x", filename=filename, by=SYSTEM))
    assert re.fullmatch(
        r"attachment; filename(=\"[\w ;_.]+\"|\*=utf-8''[\w%.]+)",
        response.headers["Content-Disposition"],
    )


def test_a_picture_shown_inline_is_the_one_drawn_anew() -> None:
    original = a_picture() + b"<script>alert(1)</script>"
    response = respond_with(store(original, filename="a.png", by=SYSTEM), inline=True)
    shown = _content(response)
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Disposition"] == 'inline; filename="a.png"'
    assert response.headers["Content-Length"] == str(len(shown))
    assert b"script" not in shown
    assert Image.open(io.BytesIO(shown)).size == (8, 4)


def test_a_link_gives_its_file_to_its_person_for_five_minutes(ada: Person, ben: Person) -> None:
    file = store(b"words", filename="a.txt", by=SYSTEM)
    token = _token(signed_url(file, ada))
    assert read_signed_url(token, person=ada) == (file, True)
    with pytest.raises(LinkExpired):
        read_signed_url(token, person=ben)
    with pytest.raises(LinkExpired):
        read_signed_url(token, person=None)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)), pytest.raises(LinkExpired):
        read_signed_url(token, person=ada)


def test_a_changed_link_gives_nothing(ada: Person) -> None:
    token = _token(signed_url(store(b"words", filename="a.txt", by=SYSTEM), ada))
    with pytest.raises(LinkExpired):
        read_signed_url(token[:-1] + ("A" if token[-1] != "A" else "B"), person=ada)


def test_another_host_is_used_when_there_is_one(settings: Settings, ada: Person) -> None:
    settings.FILES_URL = "https://files.example"
    file = store(b"words", filename="a.txt", by=SYSTEM)
    response = respond_with(file, to=ada)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("https://files.example/files/signed/")
    assert read_signed_url(_token(response.headers["Location"]), person=None) == (file, False)
