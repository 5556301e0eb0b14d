"""Address lists."""

import pytest

from helpdesk.mail.reading import addresses
from helpdesk.mail.reading.addresses import Address

LISTS = [
    ("carla@acme.example", [("", "carla@acme.example")]),
    ("<carla@acme.example>", [("", "carla@acme.example")]),
    ("Carla Client <carla@acme.example>", [("Carla Client", "carla@acme.example")]),
    ('"Client, Carla" <carla@acme.example>', [("Client, Carla", "carla@acme.example")]),
    ("Client, Carla <carla@acme.example>", [("Client, Carla", "carla@acme.example")]),
    ("carla@acme.example (Carla Client)", [("Carla Client", "carla@acme.example")]),
    ("a@x.example <b@y.example>", [("a@x.example", "b@y.example")]),
    ('"a@x.example" <b@y.example>', [("a@x.example", "b@y.example")]),
    ('"Carla <carla@acme.example>"', [("Carla", "carla@acme.example")]),
    ("'carla@acme.example'", [("", "carla@acme.example")]),
    ("\"'carla@acme.example'\" <carla@acme.example>",
     [("carla@acme.example", "carla@acme.example")]),
    ("Carla <carla@acme.example.>", [("Carla", "carla@acme.example")]),
    ("Carla <carla@acme.example", [("Carla", "carla@acme.example")]),
    ("<<carla@acme.example>>", [("", "carla@acme.example")]),
    ("Carla [x] <tag> <carla@acme.example>", [("Carla [x]", "carla@acme.example")]),
    ("mailto:carla@acme.example", [("", "carla@acme.example")]),
    ("carla @ acme.example", [("", "carla@acme.example")]),
    ("Carla carla@acme.example", [("Carla", "carla@acme.example")]),
    ("a@x.example, b@y.example; c@z.example",
     [("", "a@x.example"), ("", "b@y.example"), ("", "c@z.example")]),
    ("Team: a@x.example, B <b@y.example>;", [("", "a@x.example"), ("B", "b@y.example")]),
    ("undisclosed-recipients:;", []),
    ("=?utf-8?q?J=C3=BCrgen?= <j@x.example>", [("Jürgen", "j@x.example")]),
    ('"=?utf-8?q?J=C3=BCrgen?=" <j@x.example>', [("Jürgen", "j@x.example")]),
    ("=?utf-8?q?a=2C_b?= <j@x.example>", [("a, b", "j@x.example")]),
    ('"john doe"@x.example', [("", '"john doe"@x.example')]),
    ("root@localhost", [("", "root@localhost")]),
    ("a@[192.0.2.1]", [("", "a@[192.0.2.1]")]),
    ("Pete(A \\) chap) <pete(his account)@silly.test(his host)>",
     [("Pete", "pete@silly.test")]),
    ("A Group(Some people)\n :Chris <c@(his)public.example>, joe@x.example; (the end)",
     [("Chris", "c@public.example"), ("", "joe@x.example")]),
    ("John Doe <jdoe@machine(comment).  example>, , jdoe@test   . example",
     [("John Doe", "jdoe@machine.example"), ("", "jdoe@test.example")]),
    ("(Empty list)(start)Undisclosed recipients  :(nobody(that I know))  ;", []),
    ("<@relay.example:a@x.example>", [("", "a@x.example")]),
    ("Carla <>", []),
    ("MAILER-DAEMON", []),
    ("a@@x", []),
    ("some words@x.example <some words@x.example>", [("some", "words@x.example")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_list_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert addresses.parse(text) == [Address(name, email) for name, email in expected]


@pytest.mark.parametrize(
    "text",
    [
        "<=?utf-8?q?admin=40x.example?=>",
        "=?utf-8?q?admin=40x.example=3E?= <nobody>",
        "a\x00b@x.example",
        "a@b@x.example",
    ],
)
def test_nothing_hidden_or_broken_becomes_an_address(text: str) -> None:
    assert addresses.parse(text) == []


def test_list_is_cut_at_two_thousand() -> None:
    found = addresses.parse(",".join(f"a{n}@x.example" for n in range(3_000)))
    assert len(found) == 2_000
