"""Where we send, and what two spellings of one address have in common (security.md T7, T35)."""

from email.utils import getaddresses

import pytest

from helpdesk.mail.addresses import BadAddress, address_key, plain_address, with_name


def test_a_plain_address_is_kept() -> None:
    assert plain_address(" Carla.Rossi+x@Acme.Example ") == "Carla.Rossi+x@acme.example"


def test_a_host_in_other_letters_is_written_in_ascii() -> None:
    assert plain_address("carla@bücher.example") == "carla@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "carla",
        "carla@",
        "@acme.example",
        "carla@acme.example, eve@evil.example",
        "Carla <carla@acme.example>",
        "carla@acme.example\r\nBcc: eve@evil.example",
        "carla(comment)@acme.example",
        "cärla@acme.example",
        "carla@acme..example",
        "carla\x00@acme.example",
        "carla@" + "a" * 300 + ".example",
    ],
)
def test_anything_that_is_not_one_plain_address_is_refused(text: str) -> None:
    with pytest.raises(BadAddress, match="is not a mail address that we can send to"):
        plain_address(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Carla@Acme.Example", "carla@acme.example"),
        ("carla@bücher.example", "carla@xn--bcher-kva.example"),
        ("cafe\u0301@acme.example", "caf\u00e9@acme.example"),
    ],
)
def test_two_spellings_of_one_address_have_one_key(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mıke@acme.example", "mike@acme.example"),
        ("ﬁona@acme.example", "fiona@acme.example"),
        ("carla@acme.example", "carla@acme.example.evil.example"),
        ("a@b@acme.example", "a@acme.example"),
    ],
)
def test_addresses_that_only_look_alike_have_two_keys(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


@pytest.mark.parametrize(
    "name", ['Eve" <eve@evil.example>, "', "Eve\r\nBcc: eve@evil.example", "a, b", "O’Brien 李"]
)
def test_a_name_never_adds_a_recipient(name: str) -> None:
    mailbox = with_name(name, "carla@acme.example")
    assert "\n" not in mailbox
    assert [address for _, address in getaddresses([mailbox])] == ["carla@acme.example"]
