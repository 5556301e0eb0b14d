"""The quoted rest of a mail, folded under "Show quoted text": nothing is cut, little is guessed.

Only marks that mail programs set count here. A quote stays open when the writer answers below or
between it, and when there is nothing but the quote (a forward). When unsure, more is shown.
"""

import re
from dataclasses import dataclass

from helpdesk.markup.elements import Element, has_content, names

SUMMARY = "Show quoted text"

# These hold the quote.
_QUOTE_CLASSES = names(
    "gmail_quote gmail_quote_container yahoo_quoted protonmail_quote zmail_extra tutanota_quote "
    "moz-forward-container"
)
# These stand before it: the quote is what follows.
_HEAD_CLASSES = frozenset({"moz-cite-prefix", "outlookmessageheader"})
_HEAD_IDS = names(
    "appendonsend divrplyfwdmsg x_divrplyfwdmsg x_appendonsend "
    "mail-editor-reference-message-container"
)
# The line that Outlook draws above the headers of what it quotes.
_OUTLOOK_RULE = re.compile(r"border-top:\s*solid\s*#(?:e1e1e1|b5c4df)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quote begins: the path of elements from the root, each with the child's index."""

    path: tuple[tuple[Element, int], ...]
    is_head: bool


def fold_quote(root: Element) -> None:
    """Wrap the quoted rest of the mail in a closed `<details>`, where it certainly is one."""
    place = _first_mark(root, path=())
    if place is None:
        return
    if not any(_has_content_before(parent, index) for parent, index in place.path):
        return
    path = _widened(place.path) if place.is_head else place.path
    *ancestors, (parent, start) = path
    end = len(parent.children) if place.is_head else _end_of_quote(parent, start)
    if _has_content_after(parent, end) or any(
        _has_content_after(ancestor, index + 1) for ancestor, index in ancestors
    ):
        return
    summary = Element("summary", children=[SUMMARY])
    parent.children[start:end] = [
        Element("details", children=[summary, *parent.children[start:end]])
    ]


def _first_mark(element: Element, *, path: tuple[tuple[Element, int], ...]) -> _Place | None:
    for index, child in enumerate(element.children):
        if isinstance(child, str):
            continue
        here = (*path, (element, index))
        if _is_head(child):
            return _Place(here, is_head=True)
        if _is_quote(child):
            return _Place(here, is_head=False)
        found = _first_mark(child, path=here)
        if found is not None:
            return found
    return None


def _is_quote(element: Element) -> bool:
    if element.tag == "blockquote":
        return element.attributes.get("type", "").lower() == "cite"
    return not _classes_of(element).isdisjoint(_QUOTE_CLASSES)


def _is_head(element: Element) -> bool:
    return (
        element.attributes.get("id", "").lower() in _HEAD_IDS
        or not _classes_of(element).isdisjoint(_HEAD_CLASSES)
        or _OUTLOOK_RULE.search(element.attributes.get("style", "")[:1000]) is not None
    )


def _classes_of(element: Element) -> set[str]:
    return set(element.attributes.get("class", "")[:500].lower().split())


def _widened(path: tuple[tuple[Element, int], ...]) -> tuple[tuple[Element, int], ...]:
    """Go up while the head is the first thing in its parent: the quote follows the parent."""
    while len(path) > 1 and not _has_content_before(*path[-1]):
        path = path[:-1]
    return path


def _end_of_quote(parent: Element, start: int) -> int:
    """Return the index after the last of several quotes in a row."""
    end = start + 1
    for index in range(end, len(parent.children)):
        child = parent.children[index]
        if isinstance(child, Element) and _is_quote(child):
            end = index + 1
        elif has_content(child):
            break
    return end


def _has_content_before(parent: Element, index: int) -> bool:
    return any(has_content(child) for child in parent.children[:index])


def _has_content_after(parent: Element, index: int) -> bool:
    return any(has_content(child) for child in parent.children[index:])
