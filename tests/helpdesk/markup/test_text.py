"""Between HTML and plain text."""

import pytest

from helpdesk.markup.text import html_of_text, preview_of, text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<p>b", "a\n\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("a \n <b> b</b>  c", "a b c"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "* a\n* b\n  * c"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        (
            "<p>a</p><blockquote>b<br>c<blockquote>d</blockquote></blockquote>",
            "a\n\n> b\n> c\n>\n> > d",
        ),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ('<a href="https://a.example/x">here</a>', "here (https://a.example/x)"),
        ('<a href="https://a.example/">https://a.example</a>', "https://a.example"),
        ('<a href="javascript:x">here</a>', "here"),
        ("<img alt=Logo>&nbsp;a", "Logo a"),
        ("<style>a{}</style><script>b</script><title>c</title>d", "d"),
        ("a<hr>b", "a\n---\nb"),
        ("", ""),
    ],
)
def test_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("<b>&amp;", "<p>&lt;b&gt;&amp;amp;</p>"),
        (
            "> a\n>> b\nc",
            "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote><p>c</p>",
        ),
        ("a   b", "<p>a &nbsp; b</p>"),
        ("", ""),
    ],
)
def test_plain_text_becomes_paragraphs_and_quotes(text: str, html: str) -> None:
    assert html_of_text(text).html == html


@pytest.mark.parametrize(
    ("text", "href", "shown"),
    [
        ("see https://a.example/x.", "https://a.example/x", "https://a.example/x"),
        ("(https://a.example/x_(y))", "https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("www.a.example!", "https://www.a.example", "www.a.example"),
        ("mail a.b+c@d.example,", "mailto:a.b+c@d.example", "a.b+c@d.example"),
    ],
)
def test_addresses_in_plain_text_become_links(text: str, href: str, shown: str) -> None:
    html = html_of_text(text).html
    assert f'<a href="{href}"' in html
    assert f">{shown}</a>" in html


@pytest.mark.parametrize("text", ["javascript:alert(1)", "a@b", "x://y.example", "1.2.3", "e.g."])
def test_what_is_no_address_stays_text(text: str) -> None:
    assert html_of_text(text).html == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("text", "preview"),
    [
        ("short", "short"),
        ("a\n\n b\t c", "a b c"),
        ("one two three four", "one two…"),
        ("\u202egnp.exe\u200b", "gnp.exe"),
        ("unbroken" * 9, "unbrokenunb…"),
    ],
)
def test_a_preview_is_one_line_cut_between_words(text: str, preview: str) -> None:
    assert preview_of(text, length=12) == preview
