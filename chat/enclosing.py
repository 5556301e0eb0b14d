"""Files in a chat: uploaded while somebody writes, theirs alone until the line is sent."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum

from cases.actions.refusing import Refused
from chat.blocking.standing import require_unblocked
from chat.models import Visit
from helpdesk.attachments.models import StoredFile
from helpdesk.attachments.storing import store
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

DAY = timedelta(hours=24)
MOST_BYTES_A_VISIT = 100_000_000


@transaction.atomic
def keep(upload: "UploadedFile[Any]", *, of: Visit | Person, at: datetime) -> StoredFile:
    """Store an upload as a draft. Raises FileRefused, StorageUnavailable, Refused."""
    if isinstance(of, Visit):
        require_unblocked(of, at=at)
    mark = _mark(of)
    by = Actor.of(of) if isinstance(of, Person) else Actor(of.person, of.name)
    waiting = StoredFile.objects.drafts_of(mark).uploaded_since(at - DAY)
    total = (waiting.aggregate(total=Sum("size"))["total"] or 0) + (upload.size or 0)
    if total > MOST_BYTES_A_VISIT:
        raise Refused(
            f"These files are larger than {MOST_BYTES_A_VISIT // 1_000_000} MB together. "
            "Send some of them first."
        )
    return store(
        upload,
        filename=upload.name or "",
        declared_type=upload.content_type or "",
        by=by,
        draft_session=mark,
    )


def take(public_ids: Sequence[str], *, of: Visit | Person) -> tuple[StoredFile, ...]:
    """Return the drafts of this very visit or person as files that are part of something.

    Call it in the transaction that refers to them. Raises Refused.
    """
    wanted = list(dict.fromkeys(public_ids))
    if not wanted:
        return ()
    if len(wanted) > settings.FILES_A_MESSAGE:
        raise Refused(f"At most {settings.FILES_A_MESSAGE} files go with one message.")
    drafts = StoredFile.objects.drafts_of(_mark(of)).filter(public_id__in=wanted)
    found = {file.public_id: file for file in drafts.select_for_update(of=("self",))}
    if len(found) < len(wanted):
        raise Refused(
            "A file that you added is no longer here: files wait for a day at most. "
            "Your text is kept. Please add the file again."
        )
    StoredFile.objects.filter(pk__in=[file.pk for file in found.values()]).update(draft_session="")
    return tuple(found[public_id] for public_id in wanted)


def _mark(of: Visit | Person) -> str:
    kind = "person" if isinstance(of, Person) else "visit"
    return hashlib.sha256(f"chat files:{kind}:{of.pk}".encode()).hexdigest()
