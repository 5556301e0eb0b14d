"""Names of files are data: made harmless first, judged afterwards, never a path."""

import re
import unicodedata

from helpdesk.markup.characters import harmless

MAX_BYTES = 255
_MAX_ENDING = 16
_NO_NAME = "file"
# What Windows and shells read as more than a letter.
_SPECIAL = re.compile(r'[<>:"|?*\x00-\x1f]')
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def safe_filename(name: str) -> str:
    """Return the last part of `name` as one visible line of at most 255 bytes, never empty.

    Control, formatting and bidi characters go before anything is judged (FreeScout's
    CVE-2026-28289 was a zero-width space before `.htaccess`, looked at first and removed later).
    """
    visible = "".join(
        sign
        for sign in unicodedata.normalize("NFC", harmless(name))
        if unicodedata.category(sign) not in _INVISIBLE
    )
    last = visible.replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    last = " ".join(_SPECIAL.sub("_", last).split()).rstrip(". ")
    return _within_limit(last) or _NO_NAME


def ending_of(filename: str) -> str:
    """Return what follows the last dot, in small letters, or "" where there is none."""
    return filename.rpartition(".")[2].lower() if "." in filename else ""


def _within_limit(name: str) -> str:
    """Cut the stem, not the ending, and never in the middle of a character."""
    if len(name.encode()) <= MAX_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > _MAX_ENDING:
        stem, dot, ending = name, "", ""
    room = MAX_BYTES - len((dot + ending).encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") + dot + ending
