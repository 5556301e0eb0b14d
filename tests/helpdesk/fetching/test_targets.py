"""Addresses that somebody outside wrote."""

import pytest

from helpdesk.fetching.refusing import FetchRefused
from helpdesk.fetching.targets import Target, target_of


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://a.example", Target("a.example", 443, "/")),
        ("HTTPS://A.Example:8443/x?y=1#z", Target("a.example", 8443, "/x?y=1")),
        ("https://a.example./x", Target("a.example", 443, "/x")),
        (
            "https://b\u00fccher.example/\u00e4?\u00f6",
            Target("xn--bcher-kva.example", 443, "/%C3%A4?%C3%B6"),
        ),
        ("https://8.8.8.8/", Target("8.8.8.8", 443, "/")),
        ("https://[2606:4700::1111]/", Target("2606:4700::1111", 443, "/")),
        ("https://127.0.0.1#@a.example/@", Target("127.0.0.1", 443, "/")),
        ("https://a.example?x", Target("a.example", 443, "/?x")),
        ("https://a.example/%41'\"<>", Target("a.example", 443, "/%41'%22%3C%3E")),
    ],
)
def test_a_plain_address_is_read_in_one_way(url: str, target: Target) -> None:
    assert target_of(url) == target


@pytest.mark.parametrize(
    ("host", "header"),
    [
        (Target("a.example", 443, "/"), "a.example"),
        (Target("a.example", 8443, "/"), "a.example:8443"),
        (Target("2606:4700::1111", 443, "/"), "[2606:4700::1111]"),
    ],
)
def test_the_host_is_named_as_http_wants_it(host: Target, header: str) -> None:
    assert host.host_header == header


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://a.example/",
        "ftp://a.example/",
        "file:///etc/passwd",
        "gopher://a.example:443/",
        "//a.example/",
        "a.example",
        "https:a.example",
        "https:/a.example",
        "https:///a.example",
        "https://",
        "https://:443/",
        "https://user@a.example/",
        "https://user:password@a.example/",
        "https://a.example@127.0.0.1/",
        "https://a.example:80/",
        "https://a.example:22/",
        "https://a.example:6379/",
        "https://a.example:0443x/",
        "https://a.example:99999/",
        "https://a.example\\@127.0.0.1/",
        "https:\\\\127.0.0.1",
        "https://a.example/ HTTP/1.1\r\nHost: x",
        "https://a.example/\r\nX: y",
        "https://a.example/\x00",
        "https://a\texample/",
        " https://a.example/",
        "https://a example/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://2130706433/",
        "https://017700000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://127.0.1/",
        "https://127.0.0.1.1/",
        "https://256.256.256.256/",
        "https://[::1",
        "https://::1/",
        "https://[fe80::1%25eth0]/",
        "https://[::ffff:127.0.0.1.1]/",
        "https://-a.example/",
        "https://a..example/",
        "https://" + "a" * 64 + ".example/",
        "https://a%2eexample/",
        "https://a.example/" + "x" * 4000,
    ],
)
def test_whatever_can_be_read_in_two_ways_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused):
        target_of(url)
