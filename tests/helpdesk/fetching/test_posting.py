"""Posting to hosts on the internet: as safe as fetching, and any status is an answer."""

import pytest

from helpdesk.fetching.fetching import ANSWER_BYTES, Answered, Fetcher, FetchRefused
from tests.helpdesk.fetching.conftest import NAME, Host


def _post(fetcher: Fetcher, host: Host, **headers: str) -> Answered:
    return fetcher.post(
        f"https://{NAME}:{host.port}/hook", body=b'{"a": 1}', headers=headers, timeout=5.0
    )


def test_the_body_is_sent_under_its_length_with_the_headers_given(
    host: Host, fetcher: Fetcher
) -> None:
    host.says(b"HTTP/1.1 204 No Content\r\n\r\n")
    assert _post(fetcher, host, Digest="x").status == 204
    head, _, body = host.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(f"POST /hook HTTP/1.1\r\nHost: {NAME}:{host.port}\r\n".encode())
    assert b"\r\nDigest: x\r\nContent-Length: 8\r\n" in head
    assert body == b'{"a": 1}'


@pytest.mark.parametrize("status", [200, 302, 404, 410, 500])
def test_every_status_is_an_answer_and_no_redirect_is_followed(
    status: int, host: Host, fetcher: Fetcher
) -> None:
    host.says(f"HTTP/1.1 {status} X\r\nLocation: https://{NAME}/\r\n\r\nwords".encode())
    assert _post(fetcher, host) == Answered(status, b"words")
    assert host.connections == 1


def test_a_long_answer_is_cut(host: Host, fetcher: Fetcher) -> None:
    host.says(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 10 * ANSWER_BYTES)
    assert len(_post(fetcher, host).content) == ANSWER_BYTES


def test_a_host_that_says_nothing_is_refused(host: Host, fetcher: Fetcher) -> None:
    host.says(b"")
    with pytest.raises(FetchRefused, match="broke off"):
        _post(fetcher, host)


def test_a_header_cannot_begin_another(host: Host, fetcher: Fetcher) -> None:
    with pytest.raises(FetchRefused, match="no header may"):
        _post(fetcher, host, Digest="x\r\nEvil: 1")


def test_nothing_is_posted_inside(host: Host) -> None:
    inside = Fetcher(resolve=lambda name: ["127.0.0.1"], ports=frozenset({host.port}))
    with pytest.raises(FetchRefused, match="not on the public internet"):
        _post(inside, host)
    assert host.connections == 0
