"""Which parts of a mail are its body, and which are attachments.

All text parts in order are body; of alternatives the plain one is the text and the last HTML one
the HTML; an empty plain part does not hide the HTML.
"""

import html
import re
from dataclasses import dataclass, field

from . import charsets, tnef, transfer
from .defects import Defects
from .storable import unix_lines
from .structure import Part
from .unpacked import UnpackedFile

_PLAIN = frozenset({"text/plain", "text/markdown", "text/x-markdown", "text/x-plain"})
_HTML = frozenset({"text/html", "text/xhtml", "application/xhtml+xml"})
_ENRICHED = frozenset({"text/enriched", "text/richtext"})
_NEVER_SHOWN = frozenset({"text/x-amp-html", "text/amp-html", "text/watch-html"})
_ENRICHED_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,59})>")
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_META_WINDOW = 4_096


@dataclass(slots=True)
class Block:
    """One piece of body: what is to be read as text, as HTML, or either."""

    plain: str | None
    html: str | None


@dataclass(slots=True)
class Body:
    """What a mail says and what it carries.

    `shown` are the types of the parts that were taken for text; `unpacked` are files from inside
    others; `hidden` is what a `winmail.dat` says.
    """

    blocks: list[Block] = field(default_factory=list)
    attachments: list[Part] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    unpacked: list[UnpackedFile] = field(default_factory=list)
    hidden: list[Block] = field(default_factory=list)

    @property
    def html(self) -> str | None:
        """All of the body as HTML, or None if no part of it is."""
        if not any(block.html is not None for block in self.blocks):
            return None
        return "\n".join(
            block.html if block.html is not None else _as_html(block.plain or "")
            for block in self.blocks
        )


def collect(root: Part, *, defects: Defects) -> Body:
    """The body and the attachments of a mail."""
    body = Body()
    body.blocks = [b for b in _blocks(root, body, defects) if b.plain is not None or b.html]
    if not any((b.plain or b.html or "").strip() for b in body.blocks):
        body.blocks += body.hidden
    return body


def _blocks(part: Part, body: Body, defects: Defects) -> list[Block]:
    # The depth of recursion is that of the parts, which `structure` limits.
    if not part.is_multipart:
        return _leaf(part, body, defects)
    if part.content_type == "multipart/alternative":
        return _alternative(part, body, defects)
    return [block for child in part.children for block in _blocks(child, body, defects)]


def _alternative(part: Part, body: Body, defects: Defects) -> list[Block]:
    """The alternatives as one block that has a plain and an HTML side."""
    plain: list[str] = []
    rich: list[list[Block]] = []
    for child in part.children:
        blocks = _blocks(child, body, defects)
        if any(block.html is not None for block in blocks):
            rich.append(blocks)
        elif not any(text.strip() for text in plain):
            plain = [block.plain for block in blocks if block.plain is not None]
    text = "\n".join(plain) if any(each.strip() for each in plain) else None
    if not rich:
        return [Block(text, None)]
    chosen = Body(blocks=rich[-1])
    if text is None and len(rich[-1]) > 1:
        return rich[-1]
    return [Block(text, chosen.html)]


def _leaf(part: Part, body: Body, defects: Defects) -> list[Block]:
    if part.content_type in _NEVER_SHOWN:
        return []
    if not _is_body(part, body):
        if not (_is_tnef(part) and _open_tnef(part, body, defects)):
            body.attachments.append(part)
        return []
    body.shown.add(part.content_type)
    label = part.parameters.get("charset", "")
    content = part.content()
    if part.content_type in _HTML:
        return [Block(None, unix_lines(_decode_html(content, label)))]
    text = unix_lines(charsets.decode(content, label=label))
    if part.content_type in _ENRICHED:
        text = _ENRICHED_TAG.sub("", text)
    elif part.parameters.get("format", "").lower() == "flowed":
        text = _unflowed(text, joins=part.parameters.get("delsp", "").lower() == "yes")
    text, pasted = transfer.take_pasted_files(text)
    body.unpacked += pasted
    return [Block(text, None)]


def _is_body(part: Part, body: Body) -> bool:
    """Whether a leaf is to be read, not kept as a file."""
    if part.disposition.startswith("attach"):
        return False
    kind = part.content_type
    shown = kind in _PLAIN or kind in _HTML or kind in _ENRICHED or kind.startswith("multipart/")
    if not shown:
        return False
    if part.disposition_parameters.get("filename"):
        return False
    if not part.parameters.get("name"):
        return True
    # A bare name on the first text is what some programs write on the body itself.
    return not (part.disposition or body.attachments or kind in body.shown)


def _is_tnef(part: Part) -> bool:
    names = (part.parameters.get("name"), part.disposition_parameters.get("filename"))
    return part.content_type in tnef.TYPES or "winmail.dat" in names


def _open_tnef(part: Part, body: Body, defects: Defects) -> bool:
    """Take out what is inside a `winmail.dat`; whether it may be replaced by its files."""
    opened = tnef.open_(part.content())
    if opened is None:
        defects.note("A winmail.dat could not be opened; it was kept as it is.")
        return False
    body.unpacked += opened.files
    if opened.text.strip() or opened.html.strip():
        body.hidden.append(Block(opened.text or None, opened.html or None))
    # Without their names files are only half there: then the wrapper stays beside them.
    return bool(opened.files) and all(file.filename for file in opened.files)


def _decode_html(content: bytes, label: str) -> str:
    if not label and not content.isascii():
        meta = _META_CHARSET.search(content[:_META_WINDOW])
        label = meta[1].decode("ascii") if meta else ""
    return charsets.decode(content, label=label)


def _unflowed(text: str, *, joins: bool) -> str:
    """Soft line breaks of format=flowed undone (RFC 3676), quote signs kept."""
    pieces: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        if depth != open_depth:
            pieces.append("\n" + (">" * depth + " " if depth else ""))
        soft = content.endswith(" ") and content != "-- "
        pieces.append(content[:-1] if soft and joins else content)
        open_depth = depth if soft else -1
    return "".join(pieces)[1:]


def _as_html(text: str) -> str:
    return f'<pre style="white-space: pre-wrap">{html.escape(text)}</pre>' if text.strip() else ""
