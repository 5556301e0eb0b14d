"""Files uploaded while somebody still writes: theirs alone, bound to their session, for a day."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Sum

from helpdesk.attachments.models import StoredFile
from helpdesk.attachments.storing import FileRefused, delete, store
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

LIFETIME = timedelta(hours=24)
DAY = timedelta(hours=24)


@transaction.atomic
def keep(
    upload: UploadedFile,  # type: ignore[type-arg]
    *,
    by: Person,
    session: SessionBase,
    at: datetime,
) -> StoredFile:
    """Store an upload as a draft of `session`.

    Raises FileRefused over a limit of size or of the day, StorageUnavailable.
    """
    _one_at_a_time(by)
    _check_day(by, size=upload.size or 0, at=at)
    return store(
        upload,
        filename=upload.name or "",
        declared_type=upload.content_type or "",
        by=Actor.of(by),
        draft_session=mark_of(session),
    )


def take(public_ids: Sequence[str], *, by: Person, session: SessionBase) -> tuple[StoredFile, ...]:
    """Return the drafts of this very person and session as files that are part of something.

    Call it in the transaction that refers to them. An id of somebody else's, of another
    session's or of none is refused like one that has expired. Raises FileRefused.
    """
    wanted = list(dict.fromkeys(public_ids))
    if len(wanted) > settings.FILES_A_MESSAGE:
        raise FileRefused(f"At most {settings.FILES_A_MESSAGE} files go with one message.")
    found = {
        file.public_id: file
        for file in StoredFile.objects.drafts_of(mark_of(session))
        .filter(uploaded_by=by, public_id__in=wanted)
        .select_for_update(of=("self",))
    }
    if len(found) < len(wanted):
        raise FileRefused(
            "A file that you added is no longer here: files wait for a day at most. "
            "Your text is kept. Please add the file again."
        )
    if sum(file.size for file in found.values()) > settings.FILES_MOST_BYTES_A_MESSAGE:
        raise FileRefused(
            f"The files are larger than {settings.FILES_MOST_BYTES_A_MESSAGE // 1_000_000} MB "
            "together. Your text is kept. Please remove one."
        )
    StoredFile.objects.filter(pk__in=[file.pk for file in found.values()]).update(draft_session="")
    for file in found.values():
        file.draft_session = ""
    return tuple(found[public_id] for public_id in wanted)


@transaction.atomic
def discard(public_id: str, *, by: Person, session: SessionBase) -> bool:
    """Delete a draft of this very person and session; say whether there was one."""
    found = (
        StoredFile.objects.drafts_of(mark_of(session))
        .filter(uploaded_by=by, public_id=public_id)
        .select_for_update(of=("self",))
        .first()
    )
    if found is None:
        return False
    delete(found)
    return True


def delete_expired(*, at: datetime, limit: int = 500) -> int:
    """Delete drafts older than LIFETIME; return how many."""
    deleted = 0
    while deleted < limit:
        with transaction.atomic():
            file = (
                StoredFile.objects.drafts()
                .filter(created_at__lt=at - LIFETIME)
                .select_for_update(of=("self",), skip_locked=True)
                .first()
            )
            if file is None:
                break
            delete(file)
        deleted += 1
    return deleted


def mark_of(session: SessionBase) -> str:
    """Return what is kept of a session: a hash, since its key is a password."""
    if not session.session_key:
        return ""
    return hashlib.sha256(f"draft files:{session.session_key}".encode()).hexdigest()


def _one_at_a_time(person: Person) -> None:
    """Until the commit, so that uploads at once cannot each be the last within the limit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"uploads of {person.pk}"]
        )


def _check_day(person: Person, *, size: int, at: datetime) -> None:
    today = StoredFile.objects.filter(uploaded_by=person).uploaded_since(at - DAY)
    total = today.aggregate(total=Sum("size"))["total"] or 0
    if total + size > settings.FILES_MOST_BYTES_A_DAY:
        raise FileRefused(
            f"You have sent {settings.FILES_MOST_BYTES_A_DAY // 1_000_000} MB of files within a "
            "day, which is as much as we take. Your text is kept. Please add this file tomorrow."
        )
