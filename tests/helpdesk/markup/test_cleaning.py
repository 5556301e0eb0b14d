"""The one sanitiser."""

from html.parser import HTMLParser

import pytest

from helpdesk.markup.allowed import ATTRIBUTES
from helpdesk.markup.cleaning import MAX_CHARACTERS, SANITISER_VERSION, clean_html, last_step
from helpdesk.markup.elements import TAGS
from tests.helpdesk.markup.payloads import ALL

SCHEMES = ("http://", "https://", "mailto:", "tel:", "data:image/")


class _Seen(HTMLParser):
    """What a second, different parser makes of cleaned HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.words += " ".join(value or "" for name, value in attrs if name == "alt")

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("payload", [html for _, html in ALL], ids=[name for name, _ in ALL])
def test_nothing_but_the_allow_list_is_left_and_the_words_are(payload: str) -> None:
    seen = _Seen(clean_html(payload).html)
    assert seen.tags <= TAGS
    assert [
        (tag, name)
        for tag, name, _ in seen.attributes
        if name not in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, frozenset()) | {"rel", "target"}
    ] == []
    assert [
        value
        for _, name, value in seen.attributes
        if name in {"href", "src"} and not value.startswith(SCHEMES)
    ] == []
    assert ("KEEP" in seen.words) == ("KEEP" in payload)


@pytest.mark.parametrize("payload", [html for _, html in ALL], ids=[name for name, _ in ALL])
def test_the_last_step_alone_would_be_enough(payload: str) -> None:
    bounded = payload.replace("<div>" * 600, "").replace("\ud83c", "").replace("\udf89", "")
    seen = _Seen(last_step(bounded, addresses=set()))
    assert seen.tags <= TAGS
    assert [name for _, name, _ in seen.attributes if name.startswith(("on", "hx-", "x-"))] == []
    assert [
        value
        for _, name, value in seen.attributes
        if name in {"href", "src"} and not value.startswith(SCHEMES)
    ] == []


@pytest.mark.parametrize(
    "attribute",
    [
        "td colspan=1000",
        "td rowspan=65534",
        "img alt=x width=99999",
        "img alt=x height=-1",
        "img alt=x width=100%",
        "table border=99",
        "p dir=up",
        "p lang='a b'",
        "ol type=disc",
        "ol start=99999999999",
        "th scope=all",
        "p align=absolute",
        f"p title={'x' * 501}",
    ],
)
def test_values_that_no_mail_needs_are_dropped(attribute: str) -> None:
    tag = attribute.split(" ")[0]
    html = clean_html(f"<table><tr><{attribute}>a</{tag}></table>").html
    assert attribute.split(" ")[-1].split("=")[0] + "=" not in html


def test_cleaning_twice_changes_nothing() -> None:
    once = [clean_html(html).html for _, html in ALL]
    assert [clean_html(html).html for html in once] == once


@pytest.mark.parametrize(
    "html",
    [
        "<h1>a</h1><h2>b</h2><h6>c</h6>",
        '<ul><li>a</li><li>b<ol start="3" type="a"><li value="7">c</li></ol></li></ul>',
        "<blockquote><p>a</p><blockquote>b</blockquote></blockquote>",
        '<p dir="rtl" lang="ar">a <strong>b</strong> <em>c</em> <u>d</u> <s>e</s></p>',
        "<pre>a\n  b</pre><p><code>c</code><kbd>d</kbd><samp>e</samp><sub>f</sub><sup>g</sup></p>",
        "<dl><dt>a</dt><dd>b</dd></dl><hr><p>a<br>b</p>",
        '<table border="1"><caption>a</caption><thead><tr><th scope="col">b</th></tr></thead>'
        '<tbody><tr><td colspan="2" align="right">c</td></tr></tbody></table>',
        '<img alt="a" width="10" height="20" src="data:image/png;base64,iVBORw0KGgo=">',
    ],
)
def test_what_mails_are_made_of_stays(html: str) -> None:
    assert clean_html(html).html == html


def test_links_open_elsewhere_and_vouch_for_nothing() -> None:
    assert clean_html('<a href="https://a.example/x?y=1&amp;z=2">a</a>').html == (
        '<a href="https://a.example/x?y=1&amp;z=2" title="a.example" target="_blank" '
        'rel="noopener noreferrer nofollow ugc">a</a>'
    )


def test_the_direction_of_the_whole_mail_is_kept() -> None:
    html = '<html dir="rtl"><body>\u0634\u0643\u0631\u0627</body></html>'
    assert clean_html(html).html == '<div dir="rtl">\u0634\u0643\u0631\u0627</div>'


def test_characters_that_databases_choke_on_are_replaced() -> None:
    assert clean_html("a\x00b\ud800c\x08d").html == "a\ufffdb\ufffdcd"


def test_what_is_too_long_is_cut_and_says_so() -> None:
    clean = clean_html("a" * (MAX_CHARACTERS + 1))
    assert (len(clean.html), clean.is_cut) == (MAX_CHARACTERS, True)


def test_more_elements_than_anybody_reads_are_cut_and_said_so() -> None:
    assert clean_html("<b>x</b>" * 31_000).is_cut


def test_the_version_names_the_sanitiser_that_cleaned() -> None:
    assert clean_html("").version == SANITISER_VERSION
    assert SANITISER_VERSION.startswith("1/nh3-0.")
