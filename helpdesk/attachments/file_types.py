"""What kind of file it is: from a list of ours, so that no sender names the type that we serve."""

import re
from dataclasses import dataclass

import puremagic

from helpdesk.attachments.filenames import ending_of
from helpdesk.markup.elements import names

HEAD_BYTES = 8192
UNKNOWN = "application/octet-stream"

_OFFICE = "application/vnd.openxmlformats-officedocument."
_TEXTS = {
    "csv": "text/csv",
    "eml": "message/rfc822",
    "har": "application/json",
    "ics": "text/calendar",
    "json": "application/json",
    "log": "text/plain",
    "md": "text/plain",
    "patch": "text/plain",
    "sql": "text/plain",
    "txt": "text/plain",
}
_BINARIES = {
    "7z": "application/x-7z-compressed",
    "doc": "application/msword",
    "docx": _OFFICE + "wordprocessingml.document",
    "gif": "image/gif",
    "gz": "application/gzip",
    "heic": "image/heic",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": _OFFICE + "presentationml.presentation",
    "rar": "application/x-rar-compressed",
    "tiff": "image/tiff",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "xls": "application/vnd.ms-excel",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
    "zip": "application/zip",
}
_SAME_AS = {"application/x-gzip": "application/gzip", "audio/x-wav": "audio/wav"}
_SERVED = frozenset(_BINARIES.values())

# What runs when it is opened, or is a page to a browser.
_DANGEROUS_ENDINGS = names(
    "apk app appx bat chm cmd com cpl dll dmg docm exe gadget hta htm html img ins inf iso jar js "
    "jse lnk mht mhtml msc msi msp mst pif pkg potm ppam ppsm pptm ps1 psm1 py reg scf scr sct sh "
    "shtml svg svgz swf url vb vbe vbs vhd vhdx wasm wsc wsf wsh xht xhtml xll xlsb xlsm xltm xml "
    "xsl xslt"
)
_DANGEROUS_TYPES = names(
    "application/vnd.microsoft.portable-executable application/x-msdownload application/xhtml+xml "
    "application/x-executable application/x-mach-binary application/xml image/svg+xml text/html "
    "text/xml"
)
_DANGEROUS_HEAD = re.compile(
    rb"(?:MZ|\x7fELF|#!|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|L\x00\x00\x00\x01\x14\x02\x00"
    rb"|(?:\xef\xbb\xbf|\s)*+<(?:!doctype html|!--|html|head|svg|script|\?xml|iframe|body|object))",
    re.IGNORECASE,
)

# What often holds passwords, keys or live cookies.
_SECRET_ENDINGS = names(
    "asc cer cfg conf config crt der env har ini jks kdb kdbx key keystore ovpn p12 p8 pem pfx "
    "ppk properties rdp toml yaml yml"
)
_SECRET_NAMES = names(
    ".env .htpasswd .netrc .npmrc .pgpass .pypirc .git-credentials credentials credentials.json "
    "id_dsa id_ecdsa id_ed25519 id_rsa secrets.json appsettings.json web.config wp-config.php"
)
_SECRET_CONTENT = re.compile(
    rb"-----BEGIN [A-Z ]{0,30}PRIVATE KEY|\bA(?:KIA|SIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30}"
    rb"|\"log\"\s{0,20}:\s{0,20}\{[^\x00]{0,2000}\"(?:creator|entries|pages)\"",
)


@dataclass(frozen=True, slots=True)
class FileType:
    """`content_type` is what we serve it as; the flags are shown to whoever opens it."""

    content_type: str
    is_dangerous: bool
    contains_secrets: bool


def recognise(head: bytes, *, filename: str, declared_type: str) -> FileType:
    """Judge a file by its first HEAD_BYTES, its safe name and what was declared.

    The content decides; name and declaration only choose between what the content may be.
    """
    head = head[:HEAD_BYTES]
    ending = ending_of(filename)
    sniffed = _sniffed(head)
    declared = declared_type.lower().replace(";", " ").split()
    is_dangerous = (
        ending in _DANGEROUS_ENDINGS
        or _DANGEROUS_HEAD.match(head) is not None
        or not _DANGEROUS_TYPES.isdisjoint([*sniffed, *declared])
    )
    contains_secrets = (
        ending in _SECRET_ENDINGS
        or filename.lower() in _SECRET_NAMES
        or _SECRET_CONTENT.search(head) is not None
    )
    served = UNKNOWN if is_dangerous else _served_type(head, ending=ending, sniffed=sniffed)
    return FileType(served, is_dangerous=is_dangerous, contains_secrets=contains_secrets)


def _served_type(head: bytes, *, ending: str, sniffed: list[str]) -> str:
    if ending in _TEXTS:
        return _TEXTS[ending] if b"\x00" not in head else UNKNOWN
    if _BINARIES.get(ending) in sniffed:
        return _BINARIES[ending]
    return sniffed[0] if sniffed and sniffed[0] in _SERVED else UNKNOWN


def _sniffed(head: bytes) -> list[str]:
    """Return the types that the content may be of, the likeliest first."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return []
    return [_SAME_AS.get(match.mime_type, match.mime_type) for match in found]
