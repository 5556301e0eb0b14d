"""Which files have been drawn anew, and drawing those that wait."""

import time
from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from helpdesk.attachments.models import Rendition, StoredFile
from helpdesk.attachments.rasters import NotAPicture, draw_anew
from helpdesk.attachments.storing import StorageUnavailable, save_bytes

RETRY = timedelta(minutes=1)


def draw_due(*, seconds: float) -> int:
    """Draw the pictures that are due, for about `seconds`; return how many were settled."""
    end, settled = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        rendition = _claim(at=timezone.now())
        if rendition is None:
            break
        settled += _settle(rendition)
    return settled


def ready_rendition_of(file: StoredFile) -> Rendition | None:
    """Return what may be shown inline of `file`, drawing it now when no worker has; else None."""
    rendition = Rendition.objects.filter(file=file).first()
    if rendition is None:
        return None
    if rendition.state == Rendition.State.WAITING:
        _settle(rendition)
    return rendition if rendition.state == Rendition.State.READY else None


def _claim(*, at: datetime) -> Rendition | None:
    """Take one that is due and put it off first: one that kills its child holds up nothing."""
    with transaction.atomic():
        rendition = (
            Rendition.objects.filter(due_at__lte=at)
            .order_by("due_at")
            .select_for_update(of=("self",), skip_locked=True)
            .select_related("file")
            .first()
        )
        if rendition is not None:
            rendition.due_at = at + RETRY
            rendition.save(update_fields=["due_at"])
    return rendition


def _settle(rendition: Rendition) -> bool:
    """Draw and keep it; say whether it is settled. Two at once: the first one's drawing stays."""
    try:
        with default_storage.open(rendition.file.key) as content:
            raster = draw_anew(content.read())
        key = save_bytes(BytesIO(raster.content))
    except NotAPicture:
        rendition.state, rendition.due_at = Rendition.State.REFUSED, None
        _waiting(rendition).update(state=rendition.state, due_at=None)
        return True
    except (OSError, StorageUnavailable):
        return False
    changed = _waiting(rendition).update(
        state=Rendition.State.READY,
        due_at=None,
        key=key,
        content_type=raster.content_type,
        size=len(raster.content),
        width=raster.width,
        height=raster.height,
    )
    if not changed:
        default_storage.delete(key)
    rendition.refresh_from_db()
    return True


def _waiting(rendition: Rendition) -> "models.QuerySet[Rendition]":
    return Rendition.objects.filter(pk=rendition.pk, state=Rendition.State.WAITING)
