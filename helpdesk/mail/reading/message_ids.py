"""Message-IDs in Message-ID, In-Reply-To and References."""

import re

from . import encoded_words
from .limits import MAX_MESSAGE_IDS
from .storable import one_line

_BRACKETED = re.compile(r"<([^<>]{1,998})>")
_WORD = re.compile(r"[^\s<>,;\"()]+")
_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"\([^()]{0,200}\)")


def parse(field: str) -> tuple[str, ...]:
    """The ids of a field in order, without brackets.

    Folding inside an id is undone. A field without brackets gives its words with an `@`, or its
    single word ("Your message of Monday" gives nothing).
    """
    # Some programs encode a field that is longer than a line, ids or not.
    if "=?" in field:
        field = encoded_words.decode(field)
    found = [_without_blanks(inner) for inner in _BRACKETED.findall(field)]
    if not found and "@" in field:
        found = [word for word in _WORD.findall(field) if "@" in word.strip("@")]
    if not found:
        words = field.strip(" \t<>").split()
        found = words[:1] if len(words) == 1 else []
    ids = (one_line(each).strip() for each in found[:MAX_MESSAGE_IDS])
    return tuple(each for each in ids if each)


def _without_blanks(inner: str) -> str:
    """An id without folding, and without the comments that go with blanks in old grammars."""
    if not _SPACE.search(inner):
        return inner
    return _SPACE.sub("", _COMMENT.sub("", inner))
