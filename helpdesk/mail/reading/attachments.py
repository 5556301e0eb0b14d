"""Attachments: named, typed as the mail says, marked inline when the HTML shows them."""

import re
from urllib.parse import unquote

from . import filenames, parameters
from .bodies import Body
from .defects import Defects
from .limits import MAX_ATTACHMENTS
from .record import Attachment
from .storable import one_line
from .structure import Part
from .unpacked import UnpackedFile

_CID = re.compile(r"cid:([^\s\"'<>)]{1,500})", re.IGNORECASE)
_KINDS = {
    "message/rfc822": "message",
    "message/global": "message",
    "text/calendar": "calendar",
    "application/ics": "calendar",
    "application/pkcs7-signature": "smime",
    "application/x-pkcs7-signature": "smime",
    "application/pkcs7-mime": "smime",
    "application/x-pkcs7-mime": "smime",
    "application/pgp-signature": "pgp",
    "application/pgp-encrypted": "pgp",
    "application/pgp-keys": "pgp",
    "message/delivery-status": "report",
    "message/global-delivery-status": "report",
    "message/disposition-notification": "report",
    "message/feedback-report": "report",
    "text/rfc822-headers": "report",
    "application/ms-tnef": "tnef",
    "application/vnd.ms-tnef": "tnef",
}
_SUBJECT = re.compile(rb"^subject:[ \t]*([^\r\n]{1,200})", re.IGNORECASE | re.MULTILINE)


def collect(body: Body, *, html: str | None, defects: Defects) -> list[Attachment]:
    """All files of a mail, those inside a `winmail.dat` included."""
    shown = {unquote(found).lower() for found in _CID.findall(html or "")}
    found: list[Attachment] = []
    for part in body.attachments[:MAX_ATTACHMENTS]:
        found.append(_attachment(part, len(found) + 1, shown))
    for file in body.unpacked[: MAX_ATTACHMENTS - len(found)]:
        found.append(_unpacked(file, len(found) + 1, shown))
    if len(body.attachments) + len(body.unpacked) > MAX_ATTACHMENTS:
        defects.note(f"The mail has more than {MAX_ATTACHMENTS:,} files.")
    return found


def _attachment(part: Part, number: int, shown: set[str]) -> Attachment:
    content_id = part.headers.line("content-id").strip("<> ")
    location = part.headers.line("content-location")
    filename = _filename(part)
    return Attachment(
        filename=filename or filenames.made_up(part.content_type, number),
        content_type=part.content_type,
        content=part.content(),
        content_id=content_id,
        inline=bool(shown) and (content_id.lower() in shown or location.lower() in shown),
        kind=_kind(part.content_type, filename),
    )


def _filename(part: Part) -> str:
    """The name that the part gives itself, or the subject of an attached message."""
    given = part.disposition_parameters.get("filename") or part.parameters.get("name")
    name = filenames.cleaned(given or "")
    if not name and part.content_type == "message/rfc822":
        found = _SUBJECT.search(part.body()[:16_384])
        if found is not None:
            subject = found[1].decode("ascii", "replace")
            name = filenames.cleaned(parameters.parse(f'x; name="{subject}"')[1].get("name", ""))
            name = f"{name}.eml" if name else ""
    return name


def _kind(content_type: str, filename: str) -> str:
    if filename.lower() == "winmail.dat":
        return "tnef"
    return _KINDS.get(content_type, "file")


def _unpacked(file: UnpackedFile, number: int, shown: set[str]) -> Attachment:
    filename = filenames.cleaned(file.filename)
    return Attachment(
        filename=filename or filenames.made_up(file.content_type, number),
        content_type=one_line(file.content_type),
        content=file.content,
        content_id=one_line(file.content_id),
        inline=bool(file.content_id) and file.content_id.lower() in shown,
        kind=_KINDS.get(file.content_type, "file"),
    )
