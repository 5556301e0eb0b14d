"""Strings that a database, JSON and a browser can hold."""

import re
import unicodedata

from .limits import MAX_NAME_LENGTH

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PIECE = 500
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """`text` with NUL and lone surrogates replaced: PostgreSQL and UTF-8 refuse both."""
    if "\x00" in text:
        text = text.replace("\x00", REPLACEMENT)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub(REPLACEMENT, text)
    return text


def one_line(text: str) -> str:
    """`text` as a header shows it: storable, NFC, no control characters, single spaces."""
    text = storable(_CONTROL.sub(" ", text[:MAX_NAME_LENGTH]))
    text = " ".join(text.split())
    return text if text.isascii() else composed(text)


def composed(text: str) -> str:
    """`text` in NFC. Done in pieces: a long run of marks would take quadratic time."""
    starts = range(0, len(text), _PIECE)
    return "".join(unicodedata.normalize("NFC", text[start : start + _PIECE]) for start in starts)


def unix_lines(text: str) -> str:
    """`text` storable and with one kind of line end."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return storable(text)
