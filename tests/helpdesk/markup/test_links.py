"""Where links lead."""

import pytest

from helpdesk.markup.cleaning import clean_html
from helpdesk.markup.links import safe_href

CYRILLIC_APPLE = "\u0430pple.example"


@pytest.mark.parametrize(
    ("href", "safe"),
    [
        ("https://a.example/x?y#z", "https://a.example/x?y#z"),
        (" HTTP://A.example:8080/x ", "http://a.example:8080/x"),
        ("ht\ntps://a.example", "https://a.example"),
        (f"https://{CYRILLIC_APPLE}/", "https://xn--pple-43d.example/"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
        ("mailto:a@b.example?subject=x", "mailto:a@b.example?subject=x"),
        ("tel:+61-3-9000", "tel:+61-3-9000"),
        ("https://bank.example@evil.example", None),
        ("https:\\\\evil.example", None),
        ("https:evil.example", None),
        ("//evil.example", None),
        ("/console/", None),
        ("#top", None),
        ("javascript:alert(1)", None),
        ("https://a.example/\\b", None),
        ("https://a.example/\x01b", None),
        ("data:text/html,x", None),
        ("https://a.example/" + "x" * 4000, None),
    ],
)
def test_addresses_are_followed_in_one_form_or_not_at_all(href: str, safe: str | None) -> None:
    assert safe_href(href) == safe


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("https://evil.example", "www.bank.example"),
        ("https://evil.example", "https://bank.example/login"),
        ("https://evil.example", "Sign in at bank.example now"),
        ("https://evil.example", "help@bank.example"),
        ("https://bank.example.evil.example", "bank.example.au"),
        (f"https://{CYRILLIC_APPLE}", "apple.example"),
        ("mailto:a@evil.example", "a@bank.example"),
    ],
)
def test_a_text_that_claims_another_place_gets_the_real_one_beside_it(href: str, text: str) -> None:
    assert f"{text} [leads to " in clean_html(f'<a href="{href}">{text}</a>').html


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("https://bank.example/x", "www.bank.example"),
        ("https://login.bank.example", "bank.example"),
        ("https://bank.example", "Sign in"),
        ("https://bank.example", "version 2.4.1"),
        ("mailto:Help@bank.example", "help@bank.example"),
    ],
)
def test_a_text_that_claims_nothing_else_is_left_alone(href: str, text: str) -> None:
    assert f">{text}</a>" in clean_html(f'<a href="{href}">{text}</a>').html


def test_the_real_host_is_said_once_however_often_the_text_is_cleaned() -> None:
    once = clean_html('<a href="https://evil.example">bank.example</a>').html
    assert clean_html(once).html == once


def test_every_link_says_its_host_in_the_title() -> None:
    html = '<a href="https://a.example/x" title="bank.example">go</a>'
    assert 'title="a.example"' in clean_html(html).html
