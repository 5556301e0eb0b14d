"""Placeholders from a fixed dictionary (security.md T21)."""

import pytest

from helpdesk.mail.filling import fill_html, fill_line, fill_text, names_in

VALUES = {"number": "00000042", "name": "<b>Eve & Co</b>", "empty": ""}


def test_names_are_found_and_replaced() -> None:
    assert names_in("{{ number }} {{name}}", "{{ number }}") == {"number", "name"}
    assert fill_line("[{{ number }}] {{name}}", VALUES) == "[00000042] <b>Eve & Co</b>"


@pytest.mark.parametrize(
    "text",
    [
        "{% load x %}",
        "{{ number.__class__ }}",
        "{{ settings.SECRET_KEY }}",
        "{number}",
        "{{ number|safe }}",
        "%(number)s",
        "${number}",
    ],
)
def test_nothing_is_ever_evaluated(text: str) -> None:
    assert fill_line(text, VALUES) == text


def test_a_value_is_not_searched_for_placeholders() -> None:
    assert fill_line("{{ name }}", {"name": "{{ number }}", "number": "1"}) == "{{ number }}"


def test_a_value_is_escaped_in_html_and_keeps_its_lines() -> None:
    filled = fill_html("<p>{{ name }}|{{ words }}</p>", VALUES | {"words": "a\r\nb\nc"})
    assert filled == "<p>&lt;b&gt;Eve &amp; Co&lt;/b&gt;|a<br>\nb<br>\nc</p>"


def test_a_value_cannot_leave_an_attribute() -> None:
    assert fill_html('<a href="{{ url }}">', {"url": '" onclick="x'}) == (
        '<a href="&quot; onclick=&quot;x">'
    )


def test_a_header_stays_one_line() -> None:
    assert fill_line("{{ x }}", {"x": "a\r\nBcc: eve@evil.example\x00"}) == (
        "a Bcc: eve@evil.example�"
    )


def test_a_button_without_an_address_vanishes_from_text() -> None:
    assert fill_text("One\n\nSee it: {{ empty_url }}\n\nTwo\n", VALUES) == "One\n\nTwo\n"


def test_a_line_without_a_value_vanishes_from_text() -> None:
    text = "One\n\n{{ empty }}\n\nTwo {{ number }}\n"
    assert fill_text(text, VALUES) == "One\n\nTwo 00000042\n"
