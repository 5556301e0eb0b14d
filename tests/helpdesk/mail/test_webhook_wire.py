"""Requests that break on the wire store nothing and are no fault of ours (security.md R30)."""

import socket

import pytest
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from helpdesk.mail.models import InboundMail
from tests.helpdesk.mail.mails import a_raw_mail
from tests.helpdesk.mail.test_views import SECRET

pytestmark = pytest.mark.django_db(transaction=True)

MAIL = a_raw_mail()
HEAD = (
    "POST /mail/inbound/raw/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    f"Authorization: Bearer {SECRET}\r\nContent-Type: message/rfc822\r\n"
)


@pytest.fixture(autouse=True)
def _secrets(settings: Settings) -> None:
    settings.MAIL_INBOUND_SECRETS = [SECRET]


def status_of(server: LiveServer, head: str, body: bytes) -> int:
    """Send exactly these bytes, then nothing more, and return the status of the answer."""
    address = server.thread.host, server.thread.port
    with socket.create_connection(address, timeout=20) as line:
        line.sendall((HEAD + head + "\r\n").encode() + body)
        line.shutdown(socket.SHUT_WR)
        answer = line.makefile("rb").readline()
    return int(answer.split()[1])


def test_a_whole_request_is_served(live_server: LiveServer) -> None:
    assert status_of(live_server, f"Content-Length: {len(MAIL)}\r\n", MAIL) == 200


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"Content-Length: {len(MAIL)}\r\n", MAIL[:-1]),
        (f"Content-Length: {len(MAIL)}\r\n", b""),
        ("Content-Length: 99999999\r\n", MAIL),
        ("Content-Length: -5\r\n", MAIL),
        ("Content-Length: 1e3\r\n", MAIL),
        ("Content-Length:\r\n", MAIL),
        ("", MAIL),
        ("Transfer-Encoding: chunked\r\n", b"5\r\nFrom:\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", b"ffffffff\r\nFrom:"),
        ("Transfer-Encoding: chunked\r\n", b"not-a-length\r\n"),
    ],
)
def test_a_broken_request_is_refused_and_nothing_is_stored(
    live_server: LiveServer, head: str, body: bytes
) -> None:
    assert 400 <= status_of(live_server, head, body) < 500
    assert not InboundMail.objects.exists()
