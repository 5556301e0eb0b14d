"""The MIME structure: one pass over the raw bytes, offsets instead of copies, never recursion.

Tolerated: missing closing boundaries, boundaries that are prefixes of each other, inner parts
cut short by an outer boundary, a boundary parameter that is absent or wrong, text after the end.
"""

import re
from dataclasses import dataclass, field

from . import headers, parameters, transfer
from .defects import Defects
from .headers import Headers
from .limits import MAX_DEPTH, MAX_PARTS

_DELIMITER = re.compile(rb"^--[^\r\n]*", re.MULTILINE)
_FIRST_DELIMITER = re.compile(
    rb"\s*(?:[^\n]*\n){0,5}?--([^\r\n]{1,200}?)[ \t]*\r?\n[!-9;-~]{1,60}:", re.IGNORECASE
)
_TYPE = re.compile(r"[\w.+*-]+/[\w.+*-]+")
_BARE_TYPES = {"text": "text/plain", "html": "text/html", "plain": "text/plain"}
_LONGEST_DELIMITER = 1_000
_BOUNDARY_WINDOW = 16 * 1024


@dataclass(slots=True)
class Part:
    """One MIME part: its headers, its type, and where its encoded body lies in the raw bytes."""

    headers: Headers
    content_type: str
    parameters: dict[str, str]
    disposition: str
    disposition_parameters: dict[str, str]
    raw: bytes
    start: int
    end: int
    children: list["Part"] = field(default_factory=list)

    @property
    def is_multipart(self) -> bool:
        """Whether this part has parts of its own."""
        return bool(self.children)

    def body(self) -> bytes:
        """The body as it was sent, still encoded."""
        return self.raw[self.start : self.end]

    def content(self) -> bytes:
        """The decoded body."""
        encoding = self.headers.text("content-transfer-encoding")
        return transfer.decode(self.body(), encoding=encoding)


def parse(raw: bytes, *, defects: Defects) -> Part:
    """The part tree of a whole message. Never raises."""
    root = _part(raw, 0, len(raw), kind="text/plain", defects=defects)
    boundary = _boundary(root, defects)
    if boundary:
        _Reader(root, boundary, defects=defects).read()
    return root


class _Reader:
    """Which multiparts are open while the delimiter lines of a mail are walked through."""

    def __init__(self, root: Part, boundary: bytes, *, defects: Defects) -> None:
        self._root = root
        self._defects = defects
        self._open: list[tuple[Part, bytes]] = [(root, boundary)]
        self._levels = {boundary: 0}
        self._current: Part | None = root
        self._closed = False
        self._count = 0

    def read(self) -> None:
        """Cut the body of the root at its delimiters, and the multiparts inside it at theirs."""
        root = self._root
        for found in _DELIMITER.finditer(root.raw, root.start, root.end):
            if found.end() - found.start() > _LONGEST_DELIMITER:
                continue
            text = found[0][2:].rstrip()
            level = self._levels.get(text)
            closing = level is None and text.endswith(b"--")
            if closing:
                level = self._levels.get(text[:-2])
            if level is None:
                continue
            self._end_current(level, found.start())
            if closing:
                self._close(level)
            elif self._count >= MAX_PARTS:
                self._defects.note(f"The mail has more than {MAX_PARTS:,} parts.")
                self._closed = True
                break
            else:
                self._begin(level, found.end())
        if not self._closed:
            self._defects.note("The closing boundary was missing.")

    def _end_current(self, level: int, at: int) -> None:
        """End every part below `level` before the line end that belongs to the delimiter."""
        end = at - 1 if self._root.raw[at - 1 : at] == b"\n" else at
        if self._root.raw[end - 1 : end] == b"\r":
            end -= 1
        ending = [part for part, _ in self._open[level + 1 :]]
        if self._current is not None and self._current is not self._open[level][0]:
            ending.append(self._current)
        for part in ending:
            part.end = max(part.start, end)
        self._current = None
        self._keep_open(level + 1)

    def _close(self, level: int) -> None:
        # The outermost stays known: a part after its closing delimiter is still a part.
        self._closed = self._closed or level == 0
        self._keep_open(max(1, level))

    def _keep_open(self, count: int) -> None:
        if len(self._open) > count:
            del self._open[count:]
            self._levels = {boundary: level for level, (_, boundary) in enumerate(self._open)}

    def _begin(self, level: int, delimiter_end: int) -> None:
        """Begin the part after a delimiter line, and open it if it is a multipart."""
        self._count += 1
        root, parent = self._root, self._open[level][0]
        start = root.raw.find(b"\n", delimiter_end, root.end) + 1 or root.end
        kind = "message/rfc822" if parent.content_type == "multipart/digest" else "text/plain"
        part = _part(root.raw, start, root.end, kind=kind, defects=self._defects, root=root)
        parent.children.append(part)
        self._current = part
        boundary = _boundary(part, self._defects)
        if not boundary:
            return
        if len(self._open) >= MAX_DEPTH:
            self._defects.note(f"The parts of the mail are nested more than {MAX_DEPTH} deep.")
            return
        self._open.append((part, boundary))
        self._levels[boundary] = len(self._open) - 1


def _part(
    raw: bytes, start: int, end: int, *, kind: str, defects: Defects, root: Part | None = None
) -> Part:
    """A part whose header begins at `start`; where its body ends is found out later."""
    head, body = headers.split(
        raw,
        start=start,
        end=end,
        defects=defects,
        outermost=root is None,
        charset=root.headers.charset if root else "",
    )
    value, given = parameters.parse(head.text("content-type"))
    disposition, its = parameters.parse(head.text("content-disposition"))
    return Part(
        headers=head,
        content_type=_content_type(value, kind),
        parameters=given,
        disposition=disposition,
        disposition_parameters=its,
        raw=raw,
        start=body,
        end=end,
    )


def _content_type(value: str, default: str) -> str:
    if _TYPE.fullmatch(value):
        return value
    return _BARE_TYPES.get(value.rstrip("/"), default)


def _boundary(part: Part, defects: Defects) -> bytes:
    """The boundary of a multipart: the named one if it is there, else one read from the body."""
    if not part.content_type.startswith("multipart/"):
        return b""
    boundary = part.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
    near = min(part.end, part.start + _BOUNDARY_WINDOW)
    if boundary and part.raw.find(b"--" + boundary, part.start, near) >= 0:
        return boundary
    found = _FIRST_DELIMITER.match(part.raw, part.start, min(part.end, part.start + 2_000))
    if found is None and boundary and near < part.end:
        return boundary
    if found is None:
        defects.note("A multipart had no usable boundary; it was read as text.")
        return b""
    defects.note("The boundary of a multipart was not the one it named.")
    return found[1].rstrip()
