"""Text that may stand in a header or a column: no control character gets through."""

import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_OVERRIDES = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def clean_line(text: str, *, limit: int) -> str:
    """Return `text` as one line of at most `limit` characters.

    Line breaks and other control characters become a space (header injection), lone surrogates
    U+FFFD, and marks that turn the direction of writing vanish (they disguise names).
    """
    line = _OVERRIDES.sub("", _CONTROLS.sub(" ", clean_body(text)))
    return line.strip()[:limit]


def unencoded(line: str) -> str:
    """Return `line` so that no mail program takes a part of it for an encoded word (RFC 2047).

    An encoded line break in a name would be decoded after every check of ours.
    """
    return line.replace("=?", "= ?")


def clean_body(text: str) -> str:
    """Return `text` with what PostgreSQL or UTF-8 cannot hold replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)
