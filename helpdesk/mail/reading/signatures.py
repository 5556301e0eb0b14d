"""Signatures and device footers, taken off a reply only when they are certain."""

import re
from collections.abc import Sequence

from .footer_words import DEVICE
from .lines import Line

_MOST_LINES = 20
_LONGEST_DEVICE = 80
_DELIMITERS = frozenset({"--", "-- ", "--\u00a0", "---- "})
_LIST_RULE = re.compile(r"_{20,}\s*")
_LIST_FOOTER = re.compile(r"mailing list|mailman|listinfo|unsubscribe|-users\b", re.IGNORECASE)

_DEVICE = re.compile("|".join(DEVICE), re.IGNORECASE)
_SENTENCE = re.compile(r"[,;!?]\s|\.\s+\S")


def cut(lines: Sequence[Line]) -> int:
    """The index of the first line of the signature in a reply; `len(lines)` if it has none.

    Never cuts everything: a reply that would be empty keeps its signature.
    """
    end = _last_text(lines, len(lines))
    marked = _marked(lines, end)
    found = min(_delimited(lines, end), _list_footer(lines, end), marked)
    found = min(found, _device(lines, min(found, end)))
    return found if _last_text(lines, found) else len(lines)


def _last_text(lines: Sequence[Line], end: int) -> int:
    """One past the last line before `end` that has text."""
    while end and lines[end - 1].is_blank:
        end -= 1
    return end


def _marked(lines: Sequence[Line], end: int) -> int:
    """A signature that the sender's program marked in its HTML, if it is the last thing."""
    first = end
    while first and (lines[first - 1].mark == "signature" or lines[first - 1].is_blank):
        first -= 1
    return first if first < end else len(lines)


def _delimited(lines: Sequence[Line], end: int) -> int:
    """The usual delimiter, if what follows is short enough to be a signature."""
    for index in range(end - 1, max(-1, end - _MOST_LINES), -1):
        line = lines[index]
        if line.depth == 0 and line.text in _DELIMITERS:
            return index
    return len(lines)


def _list_footer(lines: Sequence[Line], end: int) -> int:
    """What mailing-list programs add under a line of underscores."""
    for index in range(end - 1, max(-1, end - 8), -1):
        if _LIST_RULE.fullmatch(lines[index].text):
            footer = " ".join(line.text for line in lines[index + 1 : end])
            return index if _LIST_FOOTER.search(footer) else len(lines)
    return len(lines)


def _device(lines: Sequence[Line], end: int) -> int:
    """`Sent from my phone` and its cousins, as the last one or two lines."""
    found = len(lines)
    for _ in range(2):
        end = _last_text(lines, end)
        if not end or not _is_device(lines[end - 1].text):
            break
        end -= 1
        found = end
    return found


def _is_device(text: str) -> bool:
    text = text.strip(" \t\u00a0*_<>[]()-–—.")
    if not len(text) > 5 or len(text.split("<")[0]) > _LONGEST_DEVICE or len(text) > 300:
        return False
    return _DEVICE.fullmatch(text) is not None and not _SENTENCE.search(text)
