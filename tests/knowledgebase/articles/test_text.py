"""Markdown as a page, HTML as Markdown, two texts beside each other."""

import pytest

from knowledgebase.articles.text.comparing import compare
from knowledgebase.articles.text.from_html import markdown_of_html
from knowledgebase.articles.text.page import Picture, page_of_markdown


def test_headings_begin_below_the_title_and_have_an_anchor_each() -> None:
    page = page_of_markdown("# Set up\n\n### Till\n\n## Set up\n")
    assert [(block.level, block.anchor) for block in page.blocks] == [
        (2, "set-up"),
        (3, "till"),
        (2, "set-up-2"),
    ]


@pytest.mark.parametrize("kind", ["note", "tip", "warning"])
def test_a_quote_with_a_mark_is_a_callout(kind: str) -> None:
    block = page_of_markdown(f"> [!{kind.upper()}]\n> Count **twice**.\n").blocks[0]
    assert (block.kind, block.html.strip()) == (kind, "<p>Count <strong>twice</strong>.</p>")


def test_a_quote_without_a_mark_stays_a_quote() -> None:
    assert "<blockquote>" in page_of_markdown("> As they said.\n").blocks[0].html


def test_a_link_alone_to_a_film_is_a_video_and_nothing_is_embedded() -> None:
    block = page_of_markdown("[How to count](https://youtu.be/abc)\n").blocks[0]
    assert (block.kind, block.host, block.text) == ("video", "youtu.be", "How to count")


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/track.png)",
        "<img src=x onerror=alert(1)>",
        "## <b onclick=x>title</b>",
    ],
)
def test_nothing_in_a_text_runs_or_is_fetched_from_elsewhere(source: str) -> None:
    html = "".join(block.html for block in page_of_markdown(source).blocks)
    assert "<script" not in html
    assert "javascript:" not in html.replace("[x](javascript:alert(1))", "")
    assert "<img" not in html or 'src="http' not in html
    assert "<b onclick" not in html


def test_a_picture_has_its_size_so_that_nothing_moves() -> None:
    pictures = {"abc": Picture("/help/files/abc/?inline=1", 640, 480)}
    html = page_of_markdown("![Cable](cid:abc)", pictures=pictures).blocks[0].html
    assert 'width="640"' in html
    assert 'height="480"' in html
    assert 'src="/help/files/abc/?inline=1"' in html


def test_what_html_can_say_in_markdown_is_kept() -> None:
    html = (
        "<h1>Till</h1><p>Press <b>Pay</b> or <a href='https://a.example/x'>read</a>.</p>"
        "<ol><li>One</li><li>Two</li></ol><table><tr><th>A</th></tr><tr><td>1</td></tr></table>"
    )
    assert markdown_of_html(html) == (
        "# Till\n\nPress **Pay** or [read](https://a.example/x).\n\n1. One\n2. Two\n\n"
        "| A |\n| --- |\n| 1 |\n"
    )


def test_html_with_script_leaves_text_alone() -> None:
    assert "alert" not in markdown_of_html("<p>Hi</p><script>alert(1)</script>")


def test_the_words_that_changed_are_marked() -> None:
    lines = compare("Press Pay.\nSame.", "Press Park.\nSame.")
    changed = [
        (line.kind, [piece.text for piece in line.pieces if piece.is_changed]) for line in lines
    ]
    assert changed == [("removed", ["Pay"]), ("added", ["Park"]), ("same", [])]


def test_long_stretches_that_are_the_same_are_left_out() -> None:
    same = "\n".join(str(number) for number in range(50))
    lines = compare(f"{same}\nold", f"{same}\nnew")
    assert [line.kind for line in lines] == ["gap", *["same"] * 3, "removed", "added"]
    assert lines[0].count == 47
