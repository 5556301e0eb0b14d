"""ISO-2022-JP as Japanese mailers really write it.

Python's codec refuses the rows that NEC and IBM added (circled digits, among others) and
half-width kana. Here every two-byte row is turned into Shift_JIS, whose `cp932` table has them.
"""

import re

_ESCAPE = re.compile(rb"\x1b(\$[@B]|\$\([@BDOPQ]|\([BJHI]|&@\x1b\$B)")
_TWO_BYTE = (b"$@", b"$B", b"$(@", b"$(B", b"$(O", b"$(Q", b"&@\x1b$B")


def decode(data: bytes) -> str:
    """`data` as text; what no table knows becomes a replacement character."""
    pieces = _ESCAPE.split(data)
    texts = [pieces[0].decode("ascii", "replace")]
    for escape, run in zip(pieces[1::2], pieces[2::2], strict=True):
        texts.append(_run(run, escape))
    return "".join(texts)


def _run(run: bytes, escape: bytes) -> str:
    if escape in _TWO_BYTE:
        return "".join(_two_byte_line(line) for line in run.splitlines(keepends=True))
    if escape == b"(I":
        return bytes(b | 0x80 if 0x21 <= b <= 0x5F else b for b in run).decode("cp932", "replace")
    if escape in (b"$(D", b"$(P"):
        return bytes(b | 0x80 if b > 0x20 else b for b in run).decode("ascii", "replace")
    return run.decode("cp932", "replace")


def _two_byte_line(line: bytes) -> str:
    text = line.rstrip(b"\r\n")
    shifted = bytearray()
    for first, second in zip(text[::2], text[1::2], strict=False):
        shifted += _shift_jis(first & 0x7F, second & 0x7F)
    return shifted.decode("cp932", "replace") + line[len(text) :].decode("ascii")


def _shift_jis(first: int, second: int) -> bytes:
    """One JIS X 0208 position as Shift_JIS (the formula of JIS X 0208:1997, annex 1)."""
    if not (0x21 <= first <= 0x7E and 0x21 <= second <= 0x7E):
        return b"?"
    lead = (first + 1) // 2 + (0x70 if first < 0x5F else 0xB0)
    if first % 2:
        return bytes((lead, second + (0x20 if second > 0x5F else 0x1F)))
    return bytes((lead, second + 0x7E))
