"""Asking hosts on the internet on behalf of somebody outside."""

import ssl
import threading
import time
from dataclasses import replace

import pytest

from helpdesk.fetching.fetching import Fetched, Fetcher, FetchRefused, fetch_public
from tests.helpdesk.fetching.conftest import NAME, Host

PNG = frozenset({"image/png"})
OK = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"


def _fetch(fetcher: Fetcher, host: Host, *, timeout: float = 5.0) -> Fetched:
    return fetcher.fetch(
        f"https://{NAME}:{host.port}/p.png", max_bytes=1000, accept_types=PNG, timeout=timeout
    )


def test_a_picture_is_fetched_with_the_name_that_was_asked_for(
    host: Host, fetcher: Fetcher
) -> None:
    host.says(OK, b"Content-Length: 3\r\n\r\nabc")
    assert _fetch(fetcher, host) == Fetched(b"abc", "image/png")
    assert host.requests == [
        f"GET /p.png HTTP/1.1\r\nHost: {NAME}:{host.port}\r\nUser-Agent: Waratah (help desk)\r\n"
        "Accept: image/png\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n".encode()
    ]


def test_an_answer_in_chunks_is_put_together(host: Host, fetcher: Fetcher) -> None:
    host.says(OK, b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")
    assert _fetch(fetcher, host).content == b"abc"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\n\r\n", "status 302"),
        (b"HTTP/1.1 500 Oops\r\n\r\n", "status 500"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nx", "another kind"),
        (b"HTTP/1.1 200 OK\r\n\r\nx", "another kind"),
        (OK + b"Content-Encoding: gzip\r\n\r\nx", "packed"),
        (OK + b"\r\n" + b"x" * 1001, "larger than 1000 bytes"),
        (OK + b"Content-Length: 10\r\n\r\nshort", "broke off"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", "broke off"),
        (b"SSH-2.0-OpenSSH\r\n", "spoke no HTTP"),
        (b"", "broke off"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200, "spoke no HTTP"),
    ],
)
def test_every_other_answer_is_refused(
    host: Host, fetcher: Fetcher, answer: bytes, words: str
) -> None:
    host.says(answer)
    with pytest.raises(FetchRefused, match=words):
        _fetch(fetcher, host)


def test_a_redirect_leads_to_no_second_connection(host: Host, fetcher: Fetcher) -> None:
    host.says(b"HTTP/1.1 301 x\r\nLocation: https://%s:%d/\r\n\r\n" % (NAME.encode(), host.port))
    with pytest.raises(FetchRefused):
        _fetch(fetcher, host)
    assert host.connections == 1


def test_the_name_is_resolved_once_and_connected_to_as_it_was(host: Host, fetcher: Fetcher) -> None:
    """Rebinding: the second answer of the name server would be another address."""
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    rebinding = replace(fetcher, resolve=lambda name: answers.pop(0))
    host.says(OK, b"\r\nabc")
    assert _fetch(rebinding, host).content == b"abc"
    assert answers == [["127.0.0.2"]]


def test_a_host_that_trickles_is_given_up_in_time(host: Host, fetcher: Fetcher) -> None:
    given_up = threading.Event()

    def trickle(connection: ssl.SSLSocket) -> None:
        for byte in OK[:10] + b"x" * 60:
            given_up.wait(0.05)
            connection.sendall(bytes([byte]))

    host.answer = trickle
    began = time.monotonic()
    with pytest.raises(FetchRefused, match="too slow"):
        _fetch(fetcher, host, timeout=0.5)
    given_up.set()
    assert time.monotonic() - began < 3


def test_a_resolver_that_hangs_is_given_up_in_time(host: Host, fetcher: Fetcher) -> None:
    given_up = threading.Event()

    def hang(name: str) -> list[str]:
        given_up.wait(10)
        return ["127.0.0.1"]

    with pytest.raises(FetchRefused, match="no address"):
        _fetch(replace(fetcher, resolve=hang), host, timeout=0.2)
    given_up.set()
    assert host.connections == 0


def test_a_certificate_of_another_host_is_refused(host: Host, fetcher: Fetcher) -> None:
    with pytest.raises(FetchRefused, match="could not show"):
        fetcher.fetch(f"https://other.example:{host.port}/", max_bytes=9, accept_types=PNG)
    assert host.requests == []


def _no_such_host(name: str) -> list[str]:
    raise OSError


@pytest.mark.parametrize("resolve", [_no_such_host, lambda name: [], lambda name: ["nonsense"]])
def test_a_host_without_address_is_refused(host: Host, fetcher: Fetcher, resolve: object) -> None:
    with pytest.raises(FetchRefused, match="no address"):
        _fetch(replace(fetcher, resolve=resolve), host)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["8.8.8.8", "127.0.0.1"],
        ["2606:4700::1111", "10.0.0.1"],
        ["0.0.0.0"],  # noqa: S104
        ["169.254.169.254"],
        ["fe80::1%lo"],
    ],
)
def test_one_inner_address_among_many_refuses_the_host(host: Host, addresses: list[str]) -> None:
    fetcher = Fetcher(resolve=lambda name: addresses, ports=frozenset({host.port}))
    with pytest.raises(FetchRefused):
        _fetch(fetcher, host)
    assert host.connections == 0


@pytest.mark.parametrize(
    "name",
    [
        "127.0.0.1",
        "127.0.0.2",
        "0.0.0.0",  # noqa: S104
        "localhost",
        "LOCALHOST",
        "localhost.",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "a.example@127.0.0.1",
        "\u2488.0.0.1",
        "\uff11\uff12\uff17.0.0.1",
        "127\u30020\u30020\u30021",
    ],
)
def test_no_way_of_writing_this_machine_reaches_it(host: Host, name: str) -> None:
    """With the real resolver, and a listener that would notice."""
    fetcher = Fetcher(ports=frozenset({host.port}))
    with pytest.raises(FetchRefused):
        fetcher.fetch(f"https://{name}:{host.port}/", max_bytes=9, accept_types=PNG)
    assert host.connections == 0


def test_the_door_for_the_internet_keeps_to_its_ports(host: Host) -> None:
    with pytest.raises(FetchRefused, match=f"Port {host.port}"):
        fetch_public(f"https://{NAME}:{host.port}/", max_bytes=9, accept_types=PNG)
