"""RFC 2047 encoded words, as RFC 2047 has them and as mailers write them.

White space between two encoded words vanishes; a character of several bytes may be cut between
two words, and so may a base64 group; words may touch other text; blanks may stand inside.
"""

import binascii
import re
from itertools import groupby

from . import charsets

_START = re.compile(r"=\?([\w.:+-]{1,60})(?:\*[\w-]{0,40})?\?([bBqQ])\?", re.ASCII)
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")

#: One word or a run of words in one charset: its label, its encoding, its text.
_Word = tuple[str, str, str]


def decode(text: str) -> str:
    """`text` with its encoded words decoded. Never raises; what is no word stays as it is."""
    if "=?" not in text:
        return text
    pieces: list[str] = []
    words: list[_Word] = []
    position = 0
    while (start := _START.search(text, position)) is not None:
        end = text.find("?=", start.end())
        if end < 0:
            break
        between = text[position : start.start()]
        if not words or between.strip():
            pieces += [_decode_run(words), between]
            words = []
        words.append((start[1].lower(), start[2].lower(), text[start.end() : end]))
        position = end + 2
    pieces += [_decode_run(words), text[position:]]
    return "".join(pieces)


def _decode_run(words: list[_Word]) -> str:
    """Adjacent words: those of one charset share their bytes, so that no character is cut."""
    texts: list[str] = []
    for label, group in groupby(words, key=lambda word: word[0]):
        data = b"".join(
            _bytes_of([text for _, _, text in run], encoding)
            for encoding, run in groupby(group, key=lambda word: word[1])
        )
        texts.append(charsets.decode(data, label=label))
    return "".join(texts)


def _bytes_of(texts: list[str], encoding: str) -> bytes:
    """The bytes of adjacent words in one encoding."""
    if encoding == "q":
        raw = "".join(texts).encode("utf-8", "surrogatepass")
        return binascii.a2b_qp(raw.replace(b"_", b" ").rstrip(b"="))
    groups: list[bytes] = []
    pending = ""
    for text in texts:
        pending += _NOT_BASE64.sub("", text)
        whole = len(pending) if "=" in text else len(pending) // 4 * 4
        groups.append(_base64(pending[:whole]))
        pending = pending[whole:]
    return b"".join([*groups, _base64(pending)])


def _base64(letters: str) -> bytes:
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
