"""Names of attachments: data, never a path.

Normalise first, then check (security.md, T33): control, format and direction characters go,
folders go, what is left fits 255 bytes.
"""

import re
import unicodedata

from .limits import MAX_FILENAME_BYTES, MAX_NAME_LENGTH
from .storable import composed, storable

_FOLDERS = re.compile(r"[/\\]+")
_RESERVED = re.compile(r'[<>:"|?*]')

#: Extensions for files that came without a name.
_EXTENSIONS = {
    "application/pdf": ".pdf", "application/zip": ".zip", "application/msword": ".doc",
    "application/ics": ".ics", "application/json": ".json", "application/xml": ".xml",
    "application/pgp-signature": ".asc", "application/pgp-encrypted": ".asc",
    "application/pgp-keys": ".asc", "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s", "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m", "application/ms-tnef": ".dat",
    "application/rtf": ".rtf", "audio/mpeg": ".mp3", "audio/wav": ".wav", "audio/ogg": ".ogg",
    "image/bmp": ".bmp", "image/gif": ".gif", "image/heic": ".heic", "image/jpeg": ".jpg",
    "image/jpg": ".jpg", "image/pjpeg": ".jpg", "image/png": ".png", "image/svg+xml": ".svg",
    "image/tiff": ".tif", "image/webp": ".webp", "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt", "message/rfc822": ".eml",
    "message/global": ".eml", "message/feedback-report": ".txt", "text/calendar": ".ics",
    "text/css": ".css", "text/csv": ".csv", "text/html": ".html", "text/plain": ".txt",
    "text/rfc822-headers": ".txt", "text/vcard": ".vcf", "text/x-vcard": ".vcf",
    "text/xml": ".xml", "video/mp4": ".mp4", "video/quicktime": ".mov",
}  # fmt: skip


def cleaned(name: str) -> str:
    """`name` fit to be stored and shown; "" if nothing is left of it."""
    name = "".join(map(_visible, name[:MAX_NAME_LENGTH]))
    name = storable(composed(name))
    name = _FOLDERS.split(name)[-1] if not name.endswith(("/", "\\")) else ""
    name = _RESERVED.sub("_", name).strip()
    if not name.strip(". "):
        return ""
    return _shortened(name)


def made_up(content_type: str, number: int) -> str:
    """A name for the `number`th file, which came without one."""
    stem = "message" if content_type.startswith("message/") else "attachment"
    return f"{stem}-{number}{_EXTENSIONS.get(content_type, '.bin')}"


def _visible(character: str) -> str:
    """The character itself, a blank for a line break or tab, or nothing."""
    if character in "\r\n\t":
        return " "
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    return "" if hidden else character


def _shortened(name: str) -> str:
    """`name` in at most 255 bytes, its extension kept."""
    if len(name.encode()) <= MAX_FILENAME_BYTES:
        return name
    stem, dot, extension = name.rpartition(".")
    extension = dot + extension if stem and len(extension.encode()) <= 16 else ""
    room = MAX_FILENAME_BYTES - len(extension.encode())
    return name.encode()[:room].decode("utf-8", "ignore").rstrip() + extension
