"""HTML as text."""

import pytest

from helpdesk.mail.reading import html_text
from tests.helpdesk.mail.reading.builders import read_mail

PAGES = [
    ("one<br>two", "one\ntwo"),
    ("<p>one</p><p>two</p>", "one\n\ntwo"),
    ("<div>one</div><div>two</div>", "one\ntwo"),
    ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
    ("one <b>bold</b>\n  two", "one bold two"),
    ("<ul><li>one<li>two</ul>", "* one\n* two"),
    ("<table><tr><td>a<td>b</tr><tr><td>c</table>", "a b\nc"),
    ("a<hr>b", "a\n" + "_" * 32 + "\nb"),
    ("<pre>a\n  b</pre>", "a\n  b"),
    ("a&nbsp;&lt;b&gt; &amp;&#8364;", "a <b> &€"),
    ("a<!-- hidden > -->b", "ab"),
    ("<!--[if mso]><p>no</p><![endif]-->yes", "yes"),
    ("<![if !mso]>yes<![endif]>", "yes"),
    ("<style>p{}</style><script>x</script><title>t</title>yes", "yes"),
    ('<a href="x" title="a > b">link</a>', "link"),
    ("<p title=don't>a</p><p title=won't>b</p>", "a\n\nb"),
    ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ("Ada <ada@desk.example> wrote", "Ada <ada@desk.example> wrote"),
    ("a <b unclosed", "a <b unclosed"),
    ("<p>a<script>never closed", "a"),
    ("&#99999999999999999999;x", "\ufffdx"),
]


@pytest.mark.parametrize(("source", "text"), PAGES)
def test_page_is_read(source: str, text: str) -> None:
    assert read_mail("Content-Type: text/html; charset=utf-8", body=source).text == text


def test_line_knows_where_it_began() -> None:
    source = "<div>one</div><div>two</div>"
    lines = html_text.lines_of(source)
    assert [source[line.start :] for line in lines] == [source, "<div>two</div>"]


def test_block_quotes_count_as_depth() -> None:
    source = "a<blockquote>b<blockquote>c</blockquote></blockquote>d"
    texts = [(line.text, line.depth) for line in html_text.lines_of(source) if line.text]
    assert texts == [("a", 0), ("b", 1), ("c", 2), ("d", 0)]


def test_element_left_open_ends_with_its_parent() -> None:
    source = "<div class=gmail_quote>a<blockquote type=cite>b</div>c"
    marks = [(line.text, line.mark) for line in html_text.lines_of(source) if line.text]
    assert marks == [("a", "quote"), ("b", "quote"), ("c", "")]
