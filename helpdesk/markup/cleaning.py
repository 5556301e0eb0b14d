"""The one sanitiser: HTML from outside becomes HTML that our pages may show.

Everything that changes the text (pictures, links, folding) happens on the tree. Cleaning by nh3
is the last step and judges each attribute again, so that no change before it can undo it.
"""

import html as entities
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version

import nh3

from helpdesk.markup.allowed import ATTRIBUTES, is_allowed
from helpdesk.markup.characters import harmless
from helpdesk.markup.elements import TAGS, VOID_TAGS, Element
from helpdesk.markup.folding import fold_quote
from helpdesk.markup.images import Pictures, place
from helpdesk.markup.links import say_where_links_lead
from helpdesk.markup.tree import tree_of

MAX_CHARACTERS = 2_000_000
RULES = "1"
# Kept with what is kept cleaned: another version means that it has to be cleaned again.
SANITISER_VERSION = f"{RULES}/nh3-{version('nh3')}"

# Within one piece of text nh3 needs quadratic time for the characters that it escapes.
_PIECE = 1_000
_ESCAPED = "&<>\u00a0"


@dataclass(frozen=True, slots=True)
class CleanHtml:
    """HTML that is safe to show, and what a reader should be told of it.

    `remote_hosts`: where pictures lie that were not part of the text, once per picture.
    `is_cut`: it was too long to show whole; the original is kept elsewhere.
    """

    html: str
    remote_hosts: tuple[str, ...] = ()
    is_cut: bool = False
    version: str = SANITISER_VERSION


def clean_html(
    html: str,
    *,
    cid_urls: Mapping[str, str] | None = None,
    remote_picture_url: Callable[[str], str] | None = None,
    fold_quotes: bool = True,
) -> CleanHtml:
    """Return `html` (a mail's, an editor's, anybody's) as it may be shown.

    `cid_urls`: our address of each picture that came with the text, by its Content-ID without
    angle brackets. `remote_picture_url`: given only when the reader asked for remote pictures;
    makes our proxy's address of one. `fold_quotes`: put what a mail quotes under a fold.
    Never raises, whatever `html` holds; needs time linear in its length (at most
    MAX_CHARACTERS count).
    """
    tree = tree_of(harmless(html[:MAX_CHARACTERS]))
    if fold_quotes:
        fold_quote(tree.root)
    pictures = Pictures(cid_urls=cid_urls or {}, proxy=remote_picture_url)
    place(tree.root, pictures=pictures)
    say_where_links_lead(tree.root)
    writing = _Writing()
    for child in tree.root.children:
        writing.write(child)
    return CleanHtml(
        html=last_step(writing.html(), addresses=pictures.addresses),
        remote_hosts=tuple(pictures.remote_hosts),
        is_cut=tree.is_cut or len(html) > MAX_CHARACTERS,
    )


class _Writing:
    """The tree as HTML again, with neighbouring pieces of text as one."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._text: list[str] = []

    def html(self) -> str:
        self._end_text()
        return "".join(self._written)

    def write(self, node: Element | str) -> None:
        if isinstance(node, str):
            self._text.append(node)
            return
        self._end_text()
        self._written.append(f"<{node.tag}{_attributes_of(node)}>")
        if node.tag in VOID_TAGS:
            return
        for child in node.children:
            self.write(child)
        self._end_text()
        self._written.append(f"</{node.tag}>")

    def _end_text(self) -> None:
        if self._text:
            self._written.append(_escaped("".join(self._text)))
            self._text = []


def _attributes_of(element: Element) -> str:
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, frozenset())
    return "".join(
        f' {name}="{entities.escape(value)}"'
        for name, value in element.attributes.items()
        if name in allowed
    )


def _escaped(text: str) -> str:
    if sum(map(text.count, _ESCAPED)) <= _PIECE:
        return entities.escape(text, quote=False)
    pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    return "<wbr>".join(entities.escape(piece, quote=False) for piece in pieces)


def last_step(html: str, *, addresses: set[str]) -> str:
    """Clean by the allow-list; of relative and our own addresses only `addresses` stay."""

    def judged(tag: str, attribute: str, value: str) -> str | None:
        if tag == "a" and attribute in {"rel", "target"}:
            return value
        if tag == "img" and attribute == "src" and value in addresses:
            return value
        return value if is_allowed(tag, attribute, value) else None

    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=set(),
        attributes=ATTRIBUTES,
        attribute_filter=judged,
        url_schemes={"http", "https", "mailto", "tel", "data"},
        url_relative="pass_through",
        link_rel="noopener noreferrer nofollow ugc",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
