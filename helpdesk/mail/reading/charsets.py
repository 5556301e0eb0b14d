"""Bytes into text: what the label says if it holds, else UTF-8, else a guess.

The rule is that of the mail conventions: the declared charset, or its superset, if it decodes
cleanly; else UTF-8; else a guess; else replacement characters. UTF-7 is never decoded.
"""

import codecs
import re
from functools import lru_cache

from . import iso2022jp

#: Labels whose real meaning is wider than their name, and names that Python does not know.
_SUPERSETS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "ansi": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "iso-latin-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "euc-cn": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "cp950": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "ks_c_5601-1989": "cp949",
    "ksc_5601": "cp949",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "cp-850": "cp850",
    "utf8mb4": "utf-8",
    "utf8": "utf-8",
    "unicode": "utf-16",
    "macintosh": "mac_roman",
    "mac": "mac_roman",
    "mac-cyrillic": "mac_cyrillic",
}
_LABEL = re.compile(r"[a-z0-9][\w.:+-]{0,39}", re.ASCII)
_WIDE = ("utf-16", "utf-32", "hz", "iso2022")
_EAST_ASIAN = frozenset(
    {"gb18030", "big5hkscs", "big5", "cp949", "cp932", "euc_jp", "euc_jis_2004"}
)
#: What unlabelled text may be when it is mostly not ASCII; what is mostly ASCII is Western.
_GUESSES = (
    "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874",
    "gb18030", "big5", "cp949", "cp932", "euc_jp", "cp1252",
)  # fmt: skip
_GUESS_SAMPLE = 2_048
_ESCAPES = (b"\x1b$", b"\x1b(J", b"\x1b(I")


def decode(data: bytes, *, label: str = "") -> str:
    """`data` as text; `label` is the charset that the mail claims, perhaps wrongly or not at all.

    Never raises. NUL and surrogates are the business of `storable`.
    """
    codec = codec_of(label)
    if data.isascii() and not codec.startswith(_WIDE):
        return iso2022jp.decode(data) if _has_escapes(data) else data.decode("ascii")
    if data.startswith(codecs.BOM_UTF8):
        data, codec = data[3:], "utf-8"
    if codec.startswith("iso2022_jp"):
        return iso2022jp.decode(data)
    for attempt in (_as_declared, _as_utf8, _as_mostly, _as_guessed):
        text = attempt(data, codec)
        if text is not None:
            return text
    return data.decode(codec or "cp1252", "replace")


@lru_cache(maxsize=512)
def codec_of(label: str) -> str:
    """The Python codec for a charset label, or "" for one that is unknown or unsafe."""
    found = _LABEL.match(label.strip(" \t\"'=").lower().removeprefix("charset="))
    if not found:
        return ""
    name = found[0]
    for candidate in (name, name.removeprefix("x-"), name.removeprefix("cs")):
        codec = _known(_SUPERSETS.get(candidate, candidate))
        if codec:
            return _SUPERSETS.get(codec, codec)
    return ""


def _known(name: str) -> str:
    """The codec's own name, if it is a charset that holds ASCII or says where it does not."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if info.name.startswith(("utf-16", "utf-32", "iso2022", "hz")):
        return info.name
    if not getattr(info, "_is_text_encoding", False) or info.name in ("utf-7", "idna", "punycode"):
        return ""
    # EBCDIC and the Python escape codecs read plain ASCII as something else.
    probe = b"Aa09 =?<@>\\x41"
    try:
        return info.name if probe.decode(info.name) == probe.decode("ascii") else ""
    except (UnicodeError, LookupError):
        return ""


def _has_escapes(data: bytes) -> bool:
    return b"\x1b" in data and any(escape in data for escape in _ESCAPES)


def _as_declared(data: bytes, codec: str) -> str | None:
    if not codec or codec == "utf-8" or _is_really_utf8(data, codec):
        return None
    try:
        return data.decode(codec)
    except UnicodeError:
        return data.decode(codec, "replace") if codec.startswith(("cp125", *_WIDE)) else None


def _is_really_utf8(data: bytes, codec: str) -> bool:
    """Whether text that is labelled otherwise is UTF-8: hardly any other text happens to be.

    Two-byte characters do happen in East Asian text, so there only longer ones count.
    """
    if codec.startswith(_WIDE) or not _is_utf8(data):
        return False
    return codec not in _EAST_ASIAN or all(c < "\x80" or c > "\u07ff" for c in data.decode())


def _as_utf8(data: bytes, codec: str) -> str | None:
    return data.decode() if _is_utf8(data) else None


def _as_mostly(data: bytes, codec: str) -> str | None:
    """What a few broken characters must not spoil: a line cut in the middle of one."""
    text = _mostly(data, codec) if codec in _EAST_ASIAN else None
    return text if text is not None else _mostly(data, "utf-8")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _mostly(data: bytes, codec: str) -> str | None:
    """`data` in `codec` if only a few characters are broken (a line cut in the middle of one)."""
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    return text if sum(1 for c in text if c > "\x7f") > 3 * broken else None


def _as_guessed(data: bytes, codec: str) -> str | None:
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    letters = len(data.translate(None, bytes(range(65))))
    if high * 5 < letters * 2:
        return data.decode("cp1252", "replace")
    # Imported here because it costs 60 ms, and few mails need it.
    from charset_normalizer import from_bytes

    start = data.find(re.search(rb"[\x80-\xff]", data)[0])  # type: ignore[index]
    sample = data[max(0, start - 20) : start + _GUESS_SAMPLE]
    best = from_bytes(sample, steps=1, chunk_size=len(sample), cp_isolation=list(_GUESSES)).best()
    return data.decode(best.encoding, "replace") if best else None
