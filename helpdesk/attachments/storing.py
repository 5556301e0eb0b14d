"""Putting files into the store: bytes first, safely on the disk, then the row."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO
from typing import Any, Protocol

import structlog
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from helpdesk.attachments.file_types import HEAD_BYTES, FileType, recognise
from helpdesk.attachments.filenames import safe_filename
from helpdesk.attachments.models import Rendition, ScanState, StoredFile, new_public_id
from helpdesk.markup.characters import in_one_line
from helpdesk.people.actors import Actor

log = structlog.get_logger(__name__)

FOLDER = "attachments"
_CHUNK = 256 * 1024


class StorageUnavailable(Exception):
    """The store is full or away; the message is a sentence for whoever sent the file."""


class FileRefused(Exception):
    """This file is not taken; the message says why in a sentence."""


class Readable(Protocol):
    """An open file, an upload, bytes in memory: what can be read twice."""

    def read(self, size: int = -1, /) -> Any: ...
    def seek(self, offset: int, /) -> Any: ...


def store(
    content: bytes | Readable,
    *,
    filename: str,
    by: Actor,
    declared_type: str = "",
    is_inline: bool = False,
    content_id: str = "",
    draft_session: str = "",
    most_bytes: int | None = None,
) -> StoredFile:
    """Store `content` and return its row, made in the transaction of the caller.

    When this returns the bytes are on the disk. They stay as they are: nothing is unpacked,
    converted or cut. `most_bytes` is the limit, `settings.FILE_MOST_BYTES` without it. Without a
    row that is committed, the bytes are swept away after a day.

    Raises FileRefused for a file that is too large, StorageUnavailable when the store is full or
    away; then nothing is kept.
    """
    name = safe_filename(filename)
    source: Readable = BytesIO(content) if isinstance(content, bytes) else content
    limit = settings.FILE_MOST_BYTES if most_bytes is None else most_bytes
    head, size, digest = _measured(source, name=name, most_bytes=limit)
    kind = recognise(head, filename=name, declared_type=declared_type)
    with transaction.atomic():
        return _row(
            StoredFile(
                filename=name,
                content_type=kind.content_type,
                declared_type=in_one_line(declared_type)[:100],
                size=size,
                sha256=digest,
                key=save_bytes(source),
                is_inline=is_inline,
                content_id=content_id[:250],
                draft_session=draft_session,
                uploaded_by=by.person,
            ),
            kind=kind,
        )


def save_bytes(source: Readable) -> str:
    """Write `source` under a new random key and return the key.

    Raises StorageUnavailable; a half-written file is removed by the store itself.
    """
    key = new_public_id()
    source.seek(0)
    try:
        return default_storage.save(f"{FOLDER}/{key[:2]}/{key}", File(source))  # type: ignore[arg-type]
    except OSError as error:
        log.error("attachments.store_unavailable", error=str(error))
        raise StorageUnavailable(
            "The file could not be stored: the file store is full or cannot be reached. "
            "Nothing was kept. Please try again in a few minutes."
        ) from error


def delete(file: StoredFile) -> None:
    """Delete a file and what was drawn from it, once the transaction of the caller is committed.

    Raises ProtectedError while a room refers to it.
    """
    drawn = Rendition.objects.filter(file=file).exclude(key="")
    keys = [file.key, *drawn.values_list("key", flat=True)]
    file.delete()
    transaction.on_commit(lambda: _delete_bytes(keys), robust=True)


def _row(file: StoredFile, *, kind: FileType) -> StoredFile:
    file.is_dangerous = kind.is_dangerous
    file.contains_secrets = kind.contains_secrets
    now = timezone.now()
    if settings.CLAMAV_URL:
        file.scan_state, file.scan_due_at = ScanState.NOT_SCANNED, now
    file.save()
    if file.is_raster:
        Rendition.objects.create(file=file, due_at=now + timedelta(seconds=1))
    return file


def _measured(source: Readable, *, name: str, most_bytes: int) -> tuple[bytes, int, str]:
    """Read `source` once: its head, size in bytes and SHA-256."""
    source.seek(0)
    head, size, digest = b"", 0, hashlib.sha256()
    while chunk := source.read(_CHUNK):
        head = head or chunk[:HEAD_BYTES]
        size += len(chunk)
        digest.update(chunk)
        if size > most_bytes:
            raise FileRefused(
                f"{name} is larger than {most_bytes // 1_000_000} MB and was not taken. "
                "The rest is kept. Please make it smaller, or ask us for another way."
            )
    return head, size, digest.hexdigest()


def _delete_bytes(keys: list[str]) -> None:
    for key in keys:
        default_storage.delete(key)
