"""HTML of another system as Markdown: what can be said in it is kept, everything else is text.

The HTML is read by the bounded tree of the house, so nothing in it can do anything. Pure.
"""

import re

from helpdesk.markup.elements import Element
from helpdesk.markup.links import safe_href
from helpdesk.markup.tree import tree_of

_SPACES = re.compile(r"[ \t\n\r\f]+")
_MARKS = re.compile(r"([\\`*_\[\]<>])")
_INLINE = {"b": "**", "strong": "**", "em": "*", "i": "*", "code": "`", "kbd": "`"}
_PASSED_THROUGH = {"div", "section", "tbody", "thead", "tfoot", "table", "details", "dl"}


def markdown_of_html(html: str) -> str:
    """Return `html` as Markdown."""
    blocks = _blocks(tree_of(html).root)
    return "\n\n".join(block for block in blocks if block.strip()).strip() + "\n"


def _blocks(element: Element) -> list[str]:
    blocks: list[str] = []
    loose: list[Element | str] = []
    for child in [*element.children, Element("p")]:
        if isinstance(child, str) or child.tag not in _BLOCKS:
            loose.append(child)
            continue
        blocks.append(_inline(loose).strip())
        loose = []
        blocks += _block(child)
    return blocks


def _block(element: Element) -> list[str]:
    tag = element.tag
    if tag in _PASSED_THROUGH and tag != "table":
        return _blocks(element)
    if tag == "table":
        return [_table(element)]
    if re.fullmatch(r"h[1-6]", tag):
        return [f"{'#' * int(tag[1])} {_inline(element.children).strip()}"]
    if tag in {"ul", "ol"}:
        return [_list(element)]
    if tag == "pre":
        return [f"```\n{_verbatim(element).strip()}\n```"]
    if tag == "blockquote":
        inner = "\n\n".join(block for block in _blocks(element) if block.strip())
        return ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))]
    if tag == "hr":
        return ["---"]
    return [_inline(element.children).strip()]


_BLOCKS = _PASSED_THROUGH | {
    *(f"h{level}" for level in range(1, 7)),
    "blockquote",
    "dd",
    "dt",
    "hr",
    "ol",
    "p",
    "pre",
    "summary",
    "ul",
}


def _list(element: Element) -> str:
    lines = []
    items = [child for child in element.children if isinstance(child, Element)]
    for number, item in enumerate(items, 1):
        mark = f"{number}. " if element.tag == "ol" else "- "
        inner = "\n".join(block for block in _blocks(item) if block.strip())
        lines.append(mark + inner.replace("\n", "\n" + " " * len(mark)))
    return "\n".join(lines)


def _table(element: Element) -> str:
    rows = [
        [_inline(cell.children).strip().replace("|", "\\|") for cell in _elements(row)]
        for row in _descendants(element, "tr")
    ]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _descendants(element: Element, tag: str) -> list[Element]:
    found = []
    for child in _elements(element):
        found += [child] if child.tag == tag else _descendants(child, tag)
    return found


def _elements(element: Element) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element)]


def _inline(nodes: list[Element | str]) -> str:
    return "".join(_piece(node) for node in nodes)


def _piece(node: Element | str) -> str:
    if isinstance(node, str):
        return _MARKS.sub(r"\\\1", _SPACES.sub(" ", node))
    if node.tag == "br":
        return "\\\n"
    if node.tag == "img":
        alt, source = node.attributes.get("alt", ""), node.attributes.get("src", "")
        return f"![{alt}]({source})" if source and not source.startswith("data:") else alt
    inner = _inline(node.children)
    if node.tag == "a":
        href = safe_href(node.attributes.get("href", ""))
        return f"[{inner}]({href})" if href else inner
    if node.tag in {"code", "kbd"}:
        return f"`{_verbatim(node)}`"
    mark = _INLINE.get(node.tag, "")
    return f"{mark}{inner.strip()}{mark}" if mark and inner.strip() else inner


def _verbatim(element: Element) -> str:
    return "".join(
        child if isinstance(child, str) else "\n" if child.tag == "br" else _verbatim(child)
        for child in element.children
    )
