"""Content-Transfer-Encoding undone, and files that were pasted into a text by uuencode."""

import binascii
import re

from .unpacked import UnpackedFile

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_ALPHABET) - {0x3D})
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_BLANKS = (b" ", b"\t", b"\r", b"\n", b"\v", b"\f")
_PADDING = re.compile(rb"=+")
_UU_BEGIN = re.compile(r"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n(?=[ -`]{2,})", re.MULTILINE)
_UU_END = re.compile(r"^(?:end[ \t]*\r?$|`?\r?\nend[ \t]*\r?$)", re.MULTILINE)


def decode(body: bytes, *, encoding: str) -> bytes:
    """The content of a part whose Content-Transfer-Encoding is `encoding`. Never raises."""
    name = encoding.strip(" \t\"'").lower().partition(";")[0].split(maxsplit=1)
    match name[0] if name else "":
        case "base64" | "base-64" | "b":
            return _base64(body)
        case "quoted-printable" | "quotedprintable" | "q":
            return binascii.a2b_qp(body)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            return _uuencoded(body)
    return body


def take_pasted_files(text: str) -> tuple[str, list[UnpackedFile]]:
    """`text` with the data lines of uuencoded files taken out (their `begin` line stays), and the
    files."""
    files: list[UnpackedFile] = []
    kept: list[str] = []
    position = 0
    while (begin := _UU_BEGIN.search(text, position)) is not None:
        end = _UU_END.search(text, begin.end())
        if end is None:
            break
        content = _uu_lines(text[begin.end() : end.start()].encode("ascii", "replace"))
        files.append(UnpackedFile(begin[1].strip(), "application/octet-stream", "", content))
        kept.append(text[position : begin.end()])
        position = end.end()
    kept.append(text[position:])
    return "".join(kept), files


def _base64(body: bytes) -> bytes:
    spaces = body.count(b" ")
    if spaces > 2 and spaces * 8 > len(body):
        return body
    letters = body.translate(None, delete=_NOT_BASE64)
    solid = len(body) - sum(map(body.count, _BLANKS))
    if len(letters) < 0.9 * solid:
        letters = body.translate(_URL_SAFE).translate(None, delete=_NOT_BASE64)
        if len(letters) < 0.9 * solid:
            return body
    # Several encoded pieces may come one after the other, each with its own padding.
    return b"".join(_base64_run(run) for run in _PADDING.split(letters))


def _base64_run(letters: bytes) -> bytes:
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _uuencoded(body: bytes) -> bytes:
    begin = re.search(rb"^begin [0-7]{3,4} [^\n]*\n", body, re.MULTILINE)
    if begin is None:
        return body
    end = re.compile(rb"^end\r?$", re.MULTILINE).search(body, begin.end())
    return _uu_lines(body[begin.end() : end.start() if end else len(body)])


def _uu_lines(body: bytes) -> bytes:
    decoded: list[bytes] = []
    for line in body.splitlines():
        if not line or line[:1] in b"` ":
            continue
        size = (line[0] - 32) & 63
        # Trailing blanks are often lost, and some encoders fill up with other letters.
        wanted = 1 + (size * 4 + 2) // 3
        try:
            decoded.append(binascii.a2b_uu(line[:wanted].ljust(wanted)))
        except binascii.Error:
            continue
    return b"".join(decoded)
