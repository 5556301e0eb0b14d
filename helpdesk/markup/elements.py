"""The elements that text from outside may have, and the tree they make."""

from collections.abc import Iterator
from dataclasses import dataclass, field


def names(written: str) -> frozenset[str]:
    """Return the set of the names in `written`, which spaces part."""
    return frozenset(written.split())


VOID_TAGS = names("br col hr img wbr")
TAGS = VOID_TAGS | names(
    "a abbr b bdi blockquote caption cite code colgroup dd del details dfn div dl dt em h1 h2 h3 "
    "h4 h5 h6 i ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody "
    "td tfoot th thead tr u ul var"
)
BLOCKS = names("blockquote dd details div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre summary table ul")


@dataclass(slots=True)
class Element:
    """An element with what stands in it: elements and text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)


def texts_of(node: Element | str) -> Iterator[str]:
    """Yield every piece of text in `node`, in order; words instead of a picture count."""
    if isinstance(node, str):
        yield node
        return
    if node.tag == "img":
        yield node.attributes.get("alt", "")
    for child in node.children:
        yield from texts_of(child)


def has_content(node: Element | str) -> bool:
    """Say whether there is anything in `node` to read or to look at."""
    if isinstance(node, str):
        return not node.isspace() and node.strip("\u200b\u200c\u200d\ufeff\u00ad\u034f ") != ""
    return node.tag == "img" or any(has_content(child) for child in node.children)
