"""From a wish to a zip: claimed with a lease, made outside any transaction, kept for some days.

Each room says what it keeps of a person: `settings.EXPORT_PARTS` names the functions, by the name
of the file that each fills. A worker that dies leaves a row whose lease runs out, and the next one
begins anew.
"""

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import IO, Any

import structlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from helpdesk.attachments.storing import delete, store
from helpdesk.exporting.models import DataExport
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Person

log = structlog.get_logger(__name__)

Part = Callable[[Person], Iterable[Mapping[str, Any]]]
State = DataExport.State
LIFETIME = timedelta(days=7)
LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 3
MOST_BYTES = 2_000_000_000
IN_MEMORY = 5_000_000


def ask(person: Person) -> DataExport:
    """Note that somebody wants their data; while one is being made, that one."""
    try:
        with transaction.atomic():
            return DataExport.objects.create(person=person, all_parts=len(settings.EXPORT_PARTS))
    except IntegrityError:
        return DataExport.objects.get(person=person, state=State.PENDING)


def make_next(*, now: datetime) -> bool:
    """Make one export that waits; False when none does."""
    export = _claim(now)
    if export is None:
        return False
    try:
        _make(export, now=now)
    except Exception:
        log.exception("exporting.failed", export=export.pk)
        if export.attempts >= MOST_ATTEMPTS:
            DataExport.objects.filter(pk=export.pk).update(state=State.FAILED)
    return True


def delete_expired(*, now: datetime) -> int:
    """Delete what nobody may fetch any more; return how many."""
    expired = list(DataExport.objects.filter(expires_at__lte=now).select_related("file")[:200])
    for export in expired:
        with transaction.atomic():
            file = export.file
            export.delete()
            if file is not None:
                delete(file)
    return len(expired)


@transaction.atomic
def _claim(now: datetime) -> DataExport | None:
    due = DataExport.objects.filter(state=State.PENDING, next_attempt_at__lte=now)
    export = due.select_for_update(skip_locked=True, of=("self",)).order_by("pk").first()
    if export is not None:
        export.attempts += 1
        export.next_attempt_at = now + LEASE
        export.save(update_fields=["attempts", "next_attempt_at"])
    return export


def _make(export: DataExport, *, now: datetime) -> None:
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for done, (name, path) in enumerate(settings.EXPORT_PARTS.items(), start=1):
                part: Part = import_string(path)
                with archive.open(f"{name}.json", "w") as file:
                    _write(file, part(export.person))
                DataExport.objects.filter(pk=export.pk).update(done_parts=done)
        target.seek(0)
        with transaction.atomic():
            stored = store(
                target,
                filename=f"my-data-{now:%Y-%m-%d}.zip",
                by=SYSTEM,
                declared_type="application/zip",
                most_bytes=MOST_BYTES,
            )
            DataExport.objects.filter(pk=export.pk).update(
                state=State.READY, file=stored, expires_at=now + LIFETIME
            )


def _write(file: IO[bytes], rows: Iterable[Mapping[str, Any]]) -> None:
    """One JSON array, a row at a time: nobody's data have to fit into memory."""
    file.write(b"[")
    for number, row in enumerate(rows):
        text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
        file.write(("," if number else "").encode() + b"\n" + text.encode())
    file.write(b"\n]\n")
