"""Bytes without a row: left by a rollback or a crash, removed when nobody can still mean them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from helpdesk.attachments.models import Rendition, StoredFile
from helpdesk.attachments.storing import FOLDER

AGE = timedelta(days=1)
_BATCH = 500


def delete_orphans(*, at: datetime) -> int:
    """Delete the stored bytes older than AGE that no row names; return how many.

    Younger ones may belong to a transaction that is not committed yet.
    """
    deleted = 0
    for keys in _old_keys(before=at - AGE):
        known = {
            *StoredFile.objects.filter(key__in=keys).values_list("key", flat=True),
            *Rendition.objects.filter(key__in=keys).values_list("key", flat=True),
        }
        for key in keys:
            if key not in known:
                default_storage.delete(key)
                deleted += 1
    return deleted


def _old_keys(*, before: datetime) -> Iterator[list[str]]:
    for folder in _listed(FOLDER)[0]:
        names = [f"{FOLDER}/{folder}/{name}" for name in _listed(f"{FOLDER}/{folder}")[1]]
        for start in range(0, len(names), _BATCH):
            batch = names[start : start + _BATCH]
            yield [key for key in batch if _is_older(key, than=before)]


def _listed(path: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(path)
    except FileNotFoundError:
        return [], []


def _is_older(key: str, *, than: datetime) -> bool:
    try:
        return default_storage.get_modified_time(key) < than
    except FileNotFoundError:
        return False
