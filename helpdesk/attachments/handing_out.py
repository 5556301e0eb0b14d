"""Handing a file out. Whether somebody may have it was decided before, by a room."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from helpdesk.attachments.models import ScanState, StoredFile
from helpdesk.attachments.renditions import ready_rendition_of
from helpdesk.people.models import Person

LINK_LIFETIME = timedelta(minutes=5)
_SALT = "attachments.link"

_HELD = {
    ScanState.NOT_SCANNED: (
        "This file has not been checked for viruses yet, so it is not handed out. "
        "It is kept. Please try again in a few minutes."
    ),
    ScanState.INFECTED: (
        "The virus scanner found something in this file, so it is not handed out. "
        "It is kept for our administrators. Please ask the sender for a clean one."
    ),
}


class LinkExpired(Exception):
    """The link is too old, was changed, or was made for somebody else."""


def respond_with(
    file: StoredFile, *, inline: bool = False, to: Person | None = None
) -> HttpResponseBase:
    """Answer with `file`, to somebody of whom the caller knows that they may have it.

    Always a download, in a type of our own list, that no page can run; `inline` shows a picture,
    drawn anew, where there is one. `to` gets a file back that they uploaded themselves while it
    waits for the scanner. With `settings.FILES_URL` it is fetched from that other host.
    """
    if _is_held_from(file, person_id=to.pk if to else None):
        return HttpResponse(
            _HELD[ScanState(file.scan_state)], status=409, content_type="text/plain; charset=utf-8"
        )
    if settings.FILES_URL:
        return HttpResponseRedirect(signed_url(file, to, inline=inline))
    return response_of(file, inline=inline)


def signed_url(file: StoredFile, person: Person | None, *, inline: bool = True) -> str:
    """Return an address of `file` for `person` that works for LINK_LIFETIME.

    For pictures in the frame of a mail, and for the other host. The caller has made sure that
    `person` may have it.
    """
    facts = [file.public_id, person.pk if person else None, inline]
    token = signing.dumps(facts, salt=_SALT, compress=True)
    return f"{settings.FILES_URL}{reverse('attachments:signed', args=[token])}"


def read_signed_url(token: str, *, person: Person | None) -> tuple[StoredFile, bool]:
    """Return the file of a link and whether it is to be shown inline.

    On our own host it is bound to the `person` it was made for; the other host knows no persons.
    Raises LinkExpired.
    """
    try:
        public_id, person_id, inline = signing.loads(token, salt=_SALT, max_age=LINK_LIFETIME)
    except signing.BadSignature as error:
        raise LinkExpired from error
    if not settings.FILES_URL and person_id != (person.pk if person else None):
        raise LinkExpired
    file = StoredFile.objects.filter(public_id=public_id).first()
    if file is None or _is_held_from(file, person_id=person_id):
        raise LinkExpired
    return file, inline


def response_of(file: StoredFile, *, inline: bool) -> HttpResponseBase:
    """Stream `file` with the headers that keep it from doing anything in a browser."""
    rendition = ready_rendition_of(file) if inline else None
    if rendition is None:
        return _streamed(
            file.key,
            as_attachment=True,
            filename=file.filename,
            content_type=file.content_type,
            size=file.size,
        )
    return _streamed(
        rendition.key,
        as_attachment=False,
        filename=file.filename,
        content_type=rendition.content_type,
        size=rendition.size,
    )


def harmless_headers() -> dict[str, str]:
    """Return what every answer with bytes from outside carries."""
    return {
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "cross-origin" if settings.FILES_URL else "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


def _is_held_from(file: StoredFile, *, person_id: int | None) -> bool:
    if not file.is_held:
        return False
    is_own = person_id is not None and file.uploaded_by_id == person_id
    return not (is_own and file.scan_state == ScanState.NOT_SCANNED)


def _streamed(key: str, *, content_type: str, size: int, **options: Any) -> FileResponse:
    return FileResponse(
        default_storage.open(key),
        content_type=content_type,
        headers={**harmless_headers(), "Content-Length": str(size)},
        **options,
    )
