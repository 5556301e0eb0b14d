"""Mentions: what is one, and how it is drawn."""

import pytest

from helpdesk.markup.text import html_of_text
from knowledgebase.community.mentions import mentioned_in, with_marks

KNOWN = frozenset({"carla-rossi"})


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("Ask @carla-rossi.", ["carla-rossi"]),
        ("@Carla-Rossi @carla-rossi @gil", ["carla-rossi", "gil"]),
        ("Write to carla@acme.example", []),
        ("https://x.example/@carla-rossi", []),
        ("@@carla", []),
    ],
)
def test_what_is_a_mention(text: str, handles: list[str]) -> None:
    assert mentioned_in(text) == handles


def test_only_known_handles_are_marked() -> None:
    html = html_of_text("Ask @carla-rossi or @nobody.").html
    assert with_marks(html, KNOWN) == "<p>Ask <strong>@carla-rossi</strong> or @nobody.</p>"


def test_links_and_markup_stay_as_they_are() -> None:
    html = html_of_text("<b>@carla-rossi</b> https://x.example/?a=@carla-rossi").html
    marked = with_marks(html, KNOWN)
    assert marked.startswith("<p>&lt;b&gt;<strong>@carla-rossi</strong>&lt;/b&gt; <a href=")
    assert marked.count("<strong>") == 1
