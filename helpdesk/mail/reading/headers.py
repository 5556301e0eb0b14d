"""The header block of a message or part: found, unfolded, looked up by name.

Tolerated: lines that lost their leading space, lines without colon, blank lines or an mbox
`From ` line first, control characters, raw 8-bit text, blocks of any size.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from . import charsets, encoded_words
from .defects import Defects
from .limits import MAX_FIELD_BYTES, MAX_HEADER_BYTES, MAX_HEADER_FIELDS
from .storable import one_line

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_KNOWN_FIELD = re.compile(
    rb"(?:x-|content-|resent-|list-|dkim-|arc-|received|return-path|from|sender|reply-to|to|cc|bcc"
    rb"|subject|date|message-id|in-reply-to|references|mime-version|user-agent|importance"
    rb"|authentication-results|auto-submitted|precedence|thread-|delivered-to)[\w-]*[ \t]*:",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"charset\*?[ \t]*=[ \t]*[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_WORD_CHARSET = re.compile(rb"=\?([\w.:+-]{1,40})\?[bBqQ]\?")
_LOOK_AHEAD = 20
_MBOX_FROM = (b"From ", b">From ")


class Headers:
    """Header fields in the order in which they came; names without regard to case."""

    def __init__(self, fields: list[tuple[str, bytes]], *, charset: str = "") -> None:
        self._fields = fields
        self._fallback = charset

    def __contains__(self, name: str) -> bool:
        return any(field == name for field, _ in self._fields)

    def names(self) -> Iterator[str]:
        """The lower-case names of all fields, repeated ones included."""
        return (name for name, _ in self._fields)

    def text(self, name: str) -> str:
        """The first field called `name` (lower case), unfolded but not decoded; "" without it."""
        return next((self._readable(value) for field, value in self._fields if field == name), "")

    def texts(self, name: str) -> list[str]:
        """All fields called `name`, unfolded but not decoded."""
        return [self._readable(value) for field, value in self._fields if field == name]

    def line(self, name: str) -> str:
        """The first field called `name` as a person reads it: decoded, on one line."""
        return one_line(encoded_words.decode(self.text(name)))

    @cached_property
    def charset(self) -> str:
        """What raw 8-bit text in these headers is probably written in.

        The charset of the body, else that of an encoded word, else that of the mail around.
        """
        for pattern in (_CHARSET, _WORD_CHARSET):
            for field, value in self._fields:
                if field in ("content-type", "subject", "from") and (
                    found := pattern.search(value)
                ):
                    return found[1].decode("ascii")
        return self._fallback

    def _readable(self, value: bytes) -> str:
        if value.isascii() and b"\x1b" not in value:
            return value.decode("ascii")
        return charsets.decode(value, label=self.charset)


def split(
    raw: bytes,
    *,
    start: int,
    end: int,
    defects: Defects,
    outermost: bool = False,
    charset: str = "",
) -> tuple[Headers, int]:
    """The header block of `raw[start:end]`, and where its body begins.

    `outermost`: a whole message, before which an mbox line or blank lines may stand; `charset`:
    that of the mail around a part.
    """
    if outermost:
        start = _skip_leading(raw, start, end)
    block = _Block(raw, end, defects, may_begin_badly=outermost)
    position = start
    while position < end:
        line_end = raw.find(b"\n", position, end) + 1 or end
        line = raw[position : min(line_end, position + MAX_FIELD_BYTES)].rstrip(b"\r\n")
        if not block.take(line, line_end):
            position = position if line.strip() else line_end
            break
        position = line_end
        if len(block.fields) > MAX_HEADER_FIELDS or position - start > MAX_HEADER_BYTES:
            defects.note("The header was too long; its end was not read.")
            position = _body_start(raw, position, end)
            break
    fields = [(name, _unfold(lines)) for name, lines in block.fields]
    return Headers(fields, charset=charset), position


class _Block:
    """The fields of a header block while its lines are read."""

    def __init__(self, raw: bytes, end: int, defects: Defects, *, may_begin_badly: bool) -> None:
        self.fields: list[tuple[str, list[bytes]]] = []
        self._raw = raw
        self._end = end
        self._defects = defects
        self._may_begin_badly = may_begin_badly

    def take(self, line: bytes, line_end: int) -> bool:
        """Take in a line; false when the block ended before it (or with it, if it is blank)."""
        if line.startswith(b"--") and (self.fields or not self._may_begin_badly):
            return False
        if not line.strip():
            # White space alone ends a block unless the block plainly goes on.
            return bool(line and self.fields) and self._goes_on(line_end, lines=1)
        if line[:1] in b" \t" and self.fields:
            self.fields[-1][1].append(line)
            return True
        found = _FIELD.match(line)
        if found is not None:
            self.fields.append((found[1].decode("ascii").lower(), [line[found.end() :]]))
            return True
        return self._take_odd(line, line_end)

    def _take_odd(self, line: bytes, line_end: int) -> bool:
        """A line without a field name: it lost its leading space, or the body begins here."""
        if self._goes_on(line_end, lines=_LOOK_AHEAD):
            self._defects.note("A header line had no colon.")
            if self.fields:
                self.fields[-1][1].append(line)
            return True
        if self.fields:
            self._defects.note("The blank line between header and body was missing.")
        return False

    def _goes_on(self, position: int, *, lines: int) -> bool:
        """Whether a well-known header field comes before the next blank line."""
        raw, end = self._raw, self._end
        for _ in range(lines):
            if position >= end or raw[position : position + 2].startswith((b"\n", b"\r\n")):
                return False
            if _KNOWN_FIELD.match(raw, position, min(end, position + 200)):
                return True
            position = raw.find(b"\n", position, end) + 1 or end
        return False


def _skip_leading(raw: bytes, start: int, end: int) -> int:
    """Past a byte order mark, blank lines and mbox lines, if a header follows them."""
    position = start + 3 if raw.startswith(b"\xef\xbb\xbf", start) else start
    first = position
    while position < end:
        line_end = raw.find(b"\n", position, end) + 1 or end
        line = raw[position : min(line_end, position + 1_000)]
        if line.strip() and not line.startswith(_MBOX_FROM):
            break
        position = line_end
    return position if _FIELD.match(raw, position, min(end, position + 1_000)) else first


def _body_start(raw: bytes, position: int, end: int) -> int:
    blank = re.compile(rb"\n\r?\n").search(raw, max(0, position - 1), end)
    return blank.end() if blank else end


def _unfold(lines: list[bytes]) -> bytes:
    if len(lines) == 1:
        return lines[0].strip()
    return b" ".join(line.strip(b" \t\r") for line in lines)[:MAX_FIELD_BYTES].strip()
