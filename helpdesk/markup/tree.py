"""Tokens grown into a tree of the elements that mail may have: bounded, balanced, nothing else.

What is not allowed is left out with its content kept, what is nested absurdly deep is flattened.
html5ever (inside nh3) needs that: left alone, 4,000 unclosed `<b>` and as many `<p>` cost it 13 s
and 100 MB.
"""

from dataclasses import dataclass

from helpdesk.markup.elements import BLOCKS, TAGS, VOID_TAGS, Element, names
from helpdesk.markup.tokens import End, Start, Token, tokens_of

MAX_DEPTH = 100
MAX_ELEMENTS = 30_000

# Shown as another element that looks the same.
_SHOWN_AS = {
    "big": "span",
    "image": "img",
    "strike": "s",
    "tt": "code",
    "textarea": "pre",
    "xmp": "pre",
    "listing": "pre",
} | dict.fromkeys(
    names(
        "address article aside center dialog dir fieldset figcaption figure footer form header "
        "hgroup legend main menu nav search section"
    ),
    "div",
)
# In which of these a part of a table stands; what else is open inside that ends.
_STANDS_IN = {
    "caption": names("table"),
    "col": names("colgroup table"),
    "colgroup": names("table"),
    "tbody": names("table"),
    "td": names("table tbody tfoot thead tr"),
    "tfoot": names("table"),
    "th": names("table tbody tfoot thead tr"),
    "thead": names("table"),
    "tr": names("table tbody tfoot thead"),
}
# A new one of these ends an open one of those, unless one of the fences stands between.
_ENDS = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol"})),
    "dd": (frozenset({"dd", "dt"}), frozenset({"dl"})),
    "dt": (frozenset({"dd", "dt"}), frozenset({"dl"})),
    "a": (frozenset({"a"}), frozenset({"td", "th", "table"})),
}
_P = frozenset({"p"})
_TABLE = frozenset({"table"})
_CELLS = frozenset({"td", "th", "caption"})


@dataclass(frozen=True, slots=True)
class Tree:
    """The whole; `is_cut` when there were more elements than anybody reads."""

    root: Element
    is_cut: bool


def tree_of(html: str) -> Tree:
    """Return the tree of `html`, with at most MAX_ELEMENTS elements, MAX_DEPTH deep."""
    growing = _Growing()
    for token in tokens_of(html):
        growing.take(token)
        if growing.elements > MAX_ELEMENTS:
            return Tree(growing.root, is_cut=True)
    return Tree(growing.root, is_cut=False)


class _Growing:
    """The open elements while tokens come in."""

    def __init__(self) -> None:
        self.root = Element("div")
        self.elements = 0
        self._open: list[tuple[str, Element]] = [("", self.root)]

    def take(self, token: Token) -> None:
        if isinstance(token, str):
            self._open[-1][1].children.append(token)
        elif isinstance(token, Start):
            self._start(token)
        else:
            self._end(token)

    def _start(self, token: Start) -> None:
        tag = self._shown_as(token)
        if tag is None or (tag in _STANDS_IN and not self._is_back_in(_STANDS_IN[tag])):
            return
        if tag in BLOCKS:
            self._close(_P, fences=_CELLS | _TABLE)
        if tag in _ENDS:
            ended, fences = _ENDS[tag]
            self._close(ended, fences=fences)
        element = Element(tag, token.attributes)
        self.elements += 1
        if tag in VOID_TAGS:
            self._open[-1][1].children.append(element)
        elif len(self._open) < MAX_DEPTH:
            self._open[-1][1].children.append(element)
            self._open.append((token.tag, element))

    def _shown_as(self, token: Start) -> str | None:
        if token.tag in {"body", "html"}:
            return "div" if "dir" in token.attributes else None
        tag = _SHOWN_AS.get(token.tag, token.tag)
        return tag if tag in TAGS else None

    def _end(self, token: End) -> None:
        if token.tag == "br":
            self._start(Start("br", {}))
        elif token.tag == "table":
            self._close(_TABLE, fences=frozenset())
        else:
            is_part = token.tag in _STANDS_IN
            self._close(frozenset({token.tag}), fences=_TABLE if is_part else _CELLS)

    def _close(self, names: frozenset[str], *, fences: frozenset[str]) -> None:
        """Close the innermost open element with one of `names`, and what is open inside it."""
        for depth in range(len(self._open) - 1, 0, -1):
            name, element = self._open[depth]
            if name in names:
                del self._open[depth:]
                return
            if name in fences or element.tag in fences:
                return

    def _is_back_in(self, parents: frozenset[str]) -> bool:
        """Close what is open inside the innermost of `parents`; say whether there is one.

        As browsers do; they then open the formatting that this ended again, and again.
        """
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth][1].tag in parents:
                del self._open[depth + 1 :]
                return True
        return False
