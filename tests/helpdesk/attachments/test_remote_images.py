"""Remote pictures of a mail."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.http import Http404
from django.test import Client
from django.utils import timezone
from PIL import Image

from helpdesk.attachments import remote_images
from helpdesk.attachments.remote_images import answer_with_picture, remote_picture_url
from helpdesk.fetching.fetching import Fetcher
from helpdesk.people.models import Person
from tests.helpdesk.attachments.conftest import a_picture
from tests.helpdesk.fetching.conftest import NAME, Host, certificate, fetcher, host

__all__ = ["certificate", "fetcher", "host"]

ClientAs = Callable[[Person], Client]


def _answer(content: bytes, kind: str = "image/png") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + content


def test_a_picture_is_fetched_without_cookies_and_drawn_anew(host: Host, fetcher: Fetcher) -> None:
    host.says(_answer(a_picture() + b"<script>"))
    url = f"https://{NAME}:{host.port}/logo.png"
    response = answer_with_picture(url, message="7", fetcher=fetcher)
    assert Image.open(io.BytesIO(response.content)).size == (8, 4)
    assert b"script" not in response.content
    assert b"Cookie" not in host.requests[0]
    assert b"Referer" not in host.requests[0]
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize(
    "answer",
    [
        _answer(b"<svg onload=alert(1)>", "image/svg+xml"),
        _answer(b"<html>", "text/html"),
        _answer(b"no picture"),
        b"HTTP/1.1 302 x\r\nLocation: https://127.0.0.1/\r\n\r\n",
    ],
)
def test_whatever_is_no_picture_is_not_found(host: Host, fetcher: Fetcher, answer: bytes) -> None:
    host.says(answer)
    with pytest.raises(Http404):
        answer_with_picture(f"https://{NAME}:{host.port}/", message="7", fetcher=fetcher)


def test_a_link_is_for_its_person_and_for_five_minutes(
    client: Client, client_as: ClientAs, ada: Person, ben: Person
) -> None:
    inner = remote_picture_url("https://127.0.0.1/", person=ada, message="7")
    assert client_as(ben).get(inner).status_code == 404
    assert client.get(inner).status_code == 404
    assert client_as(ada).get("/images/forged").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert client_as(ada).get(inner).status_code == 404


def test_a_link_to_an_inner_address_reaches_nothing(
    client_as: ClientAs, ada: Person, host: Host
) -> None:
    url = remote_picture_url(f"https://127.0.0.1:{host.port}/", person=ada, message="7")
    assert client_as(ada).get(url).status_code == 404
    assert host.connections == 0


def test_slow_hosts_hold_up_only_some_threads(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_images, "PATIENCE_SECONDS", 0)
    held = [remote_images._turns.acquire() for _ in range(remote_images.AT_ONCE)]
    response = answer_with_picture(f"https://{NAME}/", message="7", fetcher=fetcher)
    remote_images._turns.release(len(held))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
