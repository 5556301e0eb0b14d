"""Cutting HTML into tokens."""

import pytest

from helpdesk.markup.tokens import MAX_ATTRIBUTES, End, Start, tokens_of


@pytest.mark.parametrize(
    ("html", "tokens"),
    [
        ("a &amp; b", ["a & b"]),
        ("a < b", ["a < b"]),
        ("<P CLASS=x>t</P >", [Start("p", {"class": "x"}), "t", End("p")]),
        ("<a href='1' HREF=2>", [Start("a", {"href": "1"})]),
        ("<a href=?a=1&copy=2&amp;b>", [Start("a", {"href": "?a=1&copy=2&b"})]),
        ("<a title=&copy>", [Start("a", {"title": "©"})]),
        ('<p title="x>y">', [Start("p", {"title": "x>y"})]),
        ("<br/>", [Start("br", {})]),
        ("<!-- a --!>b", ["b"]),
        ("<!-->b", ["b"]),
        ("<?pi x>b", ["b"]),
        ("</ b>c", ["c"]),
        ("a<!-- never closed", ["a"]),
        ("a<p never closed", ["a"]),
        ("<script>a<b</script >c", [Start("script", {}), End("script"), "c"]),
        ("<title>a<b>c</title>d", [Start("title", {}), End("title"), "d"]),
        ("<textarea><b></textarea>", [Start("textarea", {}), "<b>", End("textarea")]),
        ("<plaintext>a<b>", [Start("plaintext", {}), "a<b>"]),
    ],
)
def test_tokens_are_those_of_the_standard(html: str, tokens: list[object]) -> None:
    assert list(tokens_of(html)) == tokens


def test_a_script_that_is_never_closed_hides_nothing() -> None:
    assert list(tokens_of("<script>a<b>c")) == [Start("script", {}), "a", Start("b", {}), "c"]


def test_a_reference_with_thousands_of_digits_is_one_replacement_character() -> None:
    assert list(tokens_of("&#" + "9" * 5000 + ";")) == ["\ufffd"]


def test_no_more_attributes_are_kept_than_a_mail_needs() -> None:
    (token,) = tokens_of("<p " + " ".join(f"a{number}" for number in range(500)) + ">")
    assert isinstance(token, Start)
    assert len(token.attributes) == MAX_ATTRIBUTES
