"""From Markdown to what a page shows: headings, prose, callouts and videos, each made safe.

Markdown is rendered with raw HTML switched off, and each piece then passes the one sanitiser of
the house. Nothing changes HTML after that: anchors, callouts and video cards are drawn by
templates around the pieces. Pure. (docs/decisions/0101)
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from helpdesk.markup.characters import harmless
from helpdesk.markup.cleaning import clean_html
from helpdesk.markup.text import text_of

MOST_CHARACTERS = 200_000
CALLOUTS = ("note", "tip", "warning")
VIDEO_HOSTS = frozenset({"www.youtube.com", "youtube.com", "youtu.be", "vimeo.com", "www.loom.com"})

_CALLOUT = re.compile(r"\[!(note|tip|warning)\][ \t]*\n?", re.IGNORECASE)
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article: our address, and its size once it was drawn (0 before)."""

    url: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page. `kind` is heading, prose, video or the kind of a callout.

    `html` is clean. `text` is that of a heading or video, `anchor` where a heading is found,
    `level` 2 to 4. `url` and `host` are those of a video.
    """

    kind: str
    html: str = ""
    text: str = ""
    anchor: str = ""
    level: int = 0
    url: str = ""
    host: str = ""

    @property
    def is_callout(self) -> bool:
        return self.kind in CALLOUTS


@dataclass(frozen=True, slots=True)
class TextPage:
    """A text as it is shown."""

    blocks: list[Block] = field(default_factory=list)

    @property
    def contents(self) -> list[Block]:
        """The headings of the table of contents: of the two upper levels."""
        return [block for block in self.blocks if block.kind == "heading" and block.level <= 3]

    @property
    def plain(self) -> str:
        """The text without marks: for searching and snippets."""
        return "\n".join(block.text or text_of(block.html) for block in self.blocks)


def page_of_markdown(source: str, *, pictures: Mapping[str, Picture] | None = None) -> TextPage:
    """Return `source` as a page. `pictures` by the name that `![…](cid:name)` gives them."""
    tokens = _MARKDOWN.parse(harmless(source[:MOST_CHARACTERS]))
    known = pictures or {}
    _size_pictures(tokens, known)
    anchors: set[str] = set()
    return TextPage([_with_anchor(block, anchors) for block in _blocks(tokens, known)])


def cids_in(source: str) -> set[str]:
    """The names of the pictures that `source` refers to."""
    return set(re.findall(r"\(cid:([\w-]{1,60})[\s)]", source))


def _blocks(tokens: Sequence[Token], pictures: Mapping[str, Picture]) -> Iterator[Block]:
    prose: list[Token] = []
    for piece in _pieces(tokens):
        special = _special(piece, pictures)
        if special is None:
            prose += piece
            continue
        if prose:
            yield Block("prose", html=_clean(prose, pictures))
            prose = []
        yield special
    if prose:
        yield Block("prose", html=_clean(prose, pictures))


def _pieces(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The outermost elements, each with all that stands in it."""
    piece: list[Token] = []
    depth = 0
    for token in tokens:
        piece.append(token)
        depth += token.nesting
        if depth == 0:
            yield piece
            piece = []


def _special(piece: list[Token], pictures: Mapping[str, Picture]) -> Block | None:
    kind = piece[0].type
    if kind == "heading_open":
        return _heading(piece)
    if kind == "blockquote_open":
        return _callout(piece, pictures)
    if kind == "paragraph_open":
        return _video(piece[1])
    return None


def _heading(piece: list[Token]) -> Block:
    inline = piece[1]
    html = _MARKDOWN.renderer.render(inline.children or [], _MARKDOWN.options, {})
    cleaned = clean_html(html, fold_quotes=False).html
    # The title of the article is the only h1 of its page.
    level = min(max(int(piece[0].tag[1]), 2), 4)
    return Block("heading", html=cleaned, text=text_of(cleaned), level=level)


def _callout(piece: list[Token], pictures: Mapping[str, Picture]) -> Block | None:
    inline = next((token for token in piece if token.type == "inline"), None)
    match = _CALLOUT.match(inline.content) if inline else None
    if inline is None or match is None:
        return None
    inner = _MARKDOWN.parse(_unquoted(piece)[match.end() :])
    _size_pictures(inner, pictures)
    return Block(match[1].lower(), html=_clean(inner, pictures))


def _unquoted(piece: list[Token]) -> str:
    """The Markdown inside a callout: its paragraphs, lists flattened to lines."""
    lines = []
    is_item = False
    for token in piece:
        if token.type == "list_item_open":
            is_item = True
        elif token.type == "inline":
            lines.append(f"- {token.content}" if is_item else f"\n{token.content}\n")
            is_item = False
    return "\n".join(lines).strip()


def _video(inline: Token) -> Block | None:
    """A paragraph that is nothing but a link to a film."""
    children = inline.children or []
    if len(children) < 3 or children[0].type != "link_open" or children[-1].type != "link_close":
        return None
    if sum(child.type == "link_open" for child in children) != 1:
        return None
    href = str(children[0].attrGet("href") or "")
    host = urlsplit(href).hostname or ""
    if urlsplit(href).scheme != "https" or host not in VIDEO_HOSTS:
        return None
    words = "".join(child.content for child in children[1:-1])
    return Block("video", text=words, url=href, host=host.removeprefix("www."))


def _clean(tokens: Sequence[Token], pictures: Mapping[str, Picture]) -> str:
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    urls = {name: picture.url for name, picture in pictures.items()}
    return clean_html(html, cid_urls=urls, fold_quotes=False).html


def _size_pictures(tokens: Sequence[Token], pictures: Mapping[str, Picture]) -> None:
    """Say how large each picture is, so that nothing moves when it arrives."""
    for token in tokens:
        if token.type == "image":
            picture = pictures.get(str(token.attrGet("src") or "").removeprefix("cid:"))
            if picture is not None and picture.width:
                token.attrSet("width", str(picture.width))
                token.attrSet("height", str(picture.height))
        _size_pictures(token.children or [], pictures)


def _with_anchor(block: Block, taken: set[str]) -> Block:
    if block.kind != "heading":
        return block
    stem = slugify(block.text)[:60] or "part"
    anchor, number = stem, 2
    while anchor in taken:
        anchor, number = f"{stem}-{number}", number + 1
    taken.add(anchor)
    return Block("heading", html=block.html, text=block.text, anchor=anchor, level=block.level)
