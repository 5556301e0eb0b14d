"""`winmail.dat` opened: Microsoft's TNEF (MS-OXTNEF), read in one linear pass.

Only what a case needs is taken: files, and the body for mails that have no other. Everything is
bounded by the length of the data, whatever the counts in it claim.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import charsets
from .limits import MAX_ATTACHMENTS, MAX_TNEF_BYTES
from .storable import unix_lines
from .unpacked import UnpackedFile

TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})

_SIGNATURE = 0x223E9F78
_ATTRIBUTE = struct.Struct("<BHHI")
_PROPERTY = struct.Struct("<HH")
_NUMBER = struct.Struct("<I")

_BODY, _ATTACH_DATA, _ATTACH_TITLE, _ATTACH_BEGINS = 0x800C, 0x800F, 0x8010, 0x9002
_MESSAGE_PROPERTIES, _ATTACH_PROPERTIES, _CODEPAGE = 0x9003, 0x9005, 0x9007
_P_BODY, _P_HTML, _P_CODEPAGE = 0x1000, 0x1013, 0x3FDE
_P_DISPLAY_NAME, _P_DATA, _P_SHORT_NAME = 0x3001, 0x3701, 0x3704
_P_LONG_NAME, _P_MIME_TYPE, _P_CONTENT_ID = 0x3707, 0x370E, 0x3712
_STRING8, _UNICODE, _OBJECT, _BINARY = 0x001E, 0x001F, 0x000D, 0x0102
_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4, 0x0005: 8, 0x0006: 8,
          0x0007: 8, 0x0014: 8, 0x0040: 8, 0x0048: 16}  # fmt: skip
_EMBEDDED = bytes.fromhex("0703020000000000c000000000000046")
_DEEPEST = 3


@dataclass(slots=True)
class Opened:
    """What was inside."""

    files: list[UnpackedFile] = field(default_factory=list)
    text: str = ""
    html: str = ""


@dataclass(slots=True)
class _File:
    title: str = ""
    content: bytes = b""
    names: dict[int, str] = field(default_factory=dict)


def open_(data: bytes, *, depth: int = 0) -> Opened | None:
    """The files and the body of TNEF `data`; None if it is not TNEF. Never raises."""
    if len(data) < 6 or _NUMBER.unpack_from(data)[0] != _SIGNATURE or len(data) > MAX_TNEF_BYTES:
        return None
    opened, charset = Opened(), "cp1252"
    files: list[_File] = []
    for name, value in _attributes(data):
        if name == _CODEPAGE and len(value) >= 4:
            charset = f"cp{_NUMBER.unpack_from(value)[0]}"
        elif name == _BODY:
            opened.text = opened.text or _text(value, charset)
        elif name == _MESSAGE_PROPERTIES:
            _read_message(value, opened, charset)
        elif name == _ATTACH_BEGINS and len(files) < MAX_ATTACHMENTS:
            files.append(_File())
        elif files:
            _read_attribute(name, value, files[-1], charset)
    opened.files = [found for file in files for found in _unpacked(file, depth)]
    return opened


def _read_attribute(name: int, value: bytes, file: _File, charset: str) -> None:
    if name == _ATTACH_TITLE:
        file.title = _text(value, charset)
    elif name == _ATTACH_DATA:
        file.content = value
    elif name == _ATTACH_PROPERTIES:
        _read_file(value, file, charset)


def _unpacked(file: _File, depth: int) -> list[UnpackedFile]:
    """The file itself, or the files inside an embedded message."""
    content, names = file.content, file.names
    if content.startswith(_EMBEDDED):
        content = content[len(_EMBEDDED) :]
        inner = open_(content, depth=depth + 1) if depth < _DEEPEST else None
        if inner is not None and inner.files:
            return inner.files
        names = {_P_LONG_NAME: "winmail.dat", _P_MIME_TYPE: "application/ms-tnef"}
    if not content and not file.title and not names:
        return []
    order = (names.get(_P_LONG_NAME), file.title, names.get(_P_SHORT_NAME))
    name = next((each for each in (*order, names.get(_P_DISPLAY_NAME)) if each), "")
    kind = names.get(_P_MIME_TYPE, "").lower() or "application/octet-stream"
    return [UnpackedFile(name, kind, names.get(_P_CONTENT_ID, ""), content)]


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = 6
    while position + _ATTRIBUTE.size <= len(data):
        _, name, _, size = _ATTRIBUTE.unpack_from(data, position)
        position += _ATTRIBUTE.size
        yield name, data[position : position + size]
        position += size + 2


def _read_message(data: bytes, opened: Opened, charset: str) -> None:
    html = b""
    for name, kind, value in _properties(data):
        if name == _P_CODEPAGE and len(value) >= 4:
            page = _NUMBER.unpack_from(value)[0]
            charset = "utf-8" if page == 65001 else f"cp{page}"
        elif name == _P_BODY:
            opened.text = opened.text or _string(value, kind, charset)
        elif name == _P_HTML:
            html = value
    if html:
        opened.html = _text(html, charset)


def _read_file(data: bytes, file: _File, charset: str) -> None:
    wanted = (_P_DISPLAY_NAME, _P_SHORT_NAME, _P_LONG_NAME, _P_MIME_TYPE, _P_CONTENT_ID)
    for name, kind, value in _properties(data):
        if name == _P_DATA and kind in (_OBJECT, _BINARY):
            file.content = value
        elif name in wanted and kind in (_STRING8, _UNICODE):
            file.names[name] = _string(value, kind, charset)


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """MAPI properties: name, type, first value. Stops at the first that makes no sense."""
    position = 4
    try:
        while position + _PROPERTY.size <= len(data):
            kind, name = _PROPERTY.unpack_from(data, position)
            position += _PROPERTY.size
            if name >= 0x8000:
                position = _after_guid(data, position)
            many, kind = kind & 0x1000, kind & 0xEFFF
            sized = kind in (_STRING8, _UNICODE, _OBJECT, _BINARY)
            count = 1
            if many or sized:
                count = _NUMBER.unpack_from(data, position)[0]
                position += 4
            for index in range(min(count, (len(data) - position) // 4 + 1)):
                size = _FIXED.get(kind, 0)
                if sized:
                    size = _NUMBER.unpack_from(data, position)[0]
                    position += 4
                elif not size:
                    return
                if index == 0:
                    yield name, kind, data[position : position + size]
                position += size + (-size % 4)
    except struct.error:
        return


def _after_guid(data: bytes, position: int) -> int:
    position += 16
    kind, number = struct.unpack_from("<II", data, position)
    return position + 8 + (number + (-number % 4) if kind else 0)


def _string(value: bytes, kind: int, charset: str) -> str:
    return _text(value, "utf-16-le" if kind == _UNICODE else charset)


def _text(value: bytes, charset: str) -> str:
    return unix_lines(charsets.decode(value, label=charset).split("\x00", 1)[0])
