"""The value and parameters of Content-Type and Content-Disposition (RFC 2045, RFC 2231).

Tolerated: missing quotes and semicolons, encoded words inside a parameter (which RFC 2047
forbids and everybody sends), continuations, raw 8-bit text, a parameter given twice.
"""

import re
from urllib.parse import unquote_to_bytes

from . import charsets, encoded_words

_BARE = re.compile(r"[^;]*")
_SECTION = re.compile(r"([^*]+)\*(?:(\d{1,4})(\*)?)?")
_VALUE = re.compile(r"[^\s;(,]*")
_EXTENDED = re.compile(r"([\w.:+-]{0,40})'[\w-]{0,40}'", re.ASCII)
_MOST = 500

#: The pieces of one continued parameter: number, percent-encoded or not, text.
_Pieces = list[tuple[int, bool, str]]


def parse(field: str) -> tuple[str, dict[str, str]]:
    """The leading value in lower case, and the decoded parameters by lower-case name."""
    start = _VALUE.match(field.lstrip())
    value = start[0].strip("\"'").lower() if start else ""
    semicolon = field.find(";")
    rest = field[semicolon + 1 :] if semicolon >= 0 else field[len(value) :]
    plain: dict[str, str] = {}
    pieces: dict[str, _Pieces] = {}
    for name, text in _pairs(rest):
        section = _SECTION.fullmatch(name)
        if section is None:
            plain.setdefault(name, encoded_words.decode(text))
        else:
            extended = section[2] is None or section[3] is not None
            pieces.setdefault(section[1], []).append((int(section[2] or 0), extended, text))
    return value, plain | {name: _joined(parts) for name, parts in pieces.items()}


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    position = 0
    while len(pairs) < _MOST and (equals := text.find("=", position)) >= 0:
        before = text[position:equals].replace(";", " ").rsplit(maxsplit=1)
        value, position = _value(text, equals + 1)
        if before:
            pairs.append((before[-1].strip('"').lower(), value))
    return pairs


def _value(text: str, start: int) -> tuple[str, int]:
    """A quoted or bare value and where it ends."""
    while text[start : start + 1].isspace():
        start += 1
    if text[start : start + 1] != '"':
        bare = _BARE.match(text, start)
        return (bare[0].strip(), bare.end()) if bare else ("", len(text))
    end = start + 1
    while (end := text.find('"', end)) > 0 and text[end - 1] == "\\" and _goes_on(text, end):
        end += 1
    if end < 0:
        return text[start + 1 :].strip(), len(text)
    value = text[start + 1 : end].replace('\\"', '"').replace("\\\\", "\\")
    # `filename="a" b.pdf"`: what follows a closing quote up to the semicolon is still meant.
    after = _BARE.match(text, end + 1)
    if after and after[0].strip() and "=" not in after[0]:
        return value + after[0].rstrip().rstrip('"'), after.end()
    return value, end + 1


def _goes_on(text: str, quote: int) -> bool:
    """Whether `\\"` is an escaped quote, not the end of a Windows path."""
    return text.find('"', quote + 1) >= 0 and text[quote + 1 : quote + 2] not in (";", "")


def _joined(pieces: _Pieces) -> str:
    pieces = sorted(pieces, key=lambda piece: piece[0])
    if not any(extended for _, extended, _ in pieces):
        return encoded_words.decode("".join(text for _, _, text in pieces))
    head = _EXTENDED.match(pieces[0][2])
    label = head[1] if head else ""
    data = b""
    for index, (_, extended, text) in enumerate(pieces):
        text = text[head.end() :] if head and index == 0 else text
        raw = text.encode("utf-8", "surrogatepass")
        data += unquote_to_bytes(raw) if extended else raw
    return encoded_words.decode(charsets.decode(data, label=label or "utf-8"))
