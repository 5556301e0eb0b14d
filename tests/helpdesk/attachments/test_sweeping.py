"""Bytes without a row."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from helpdesk.attachments.renditions import ready_rendition_of
from helpdesk.attachments.storing import store
from helpdesk.attachments.sweeping import delete_orphans
from helpdesk.people.actors import SYSTEM
from tests.helpdesk.attachments.conftest import a_picture, stored_bytes

pytestmark = pytest.mark.django_db

NOW = timezone.now()
OLD = (NOW - timedelta(days=2)).timestamp()


def _leave(folder: Path, name: str, *, at: float) -> Path:
    path = folder / "attachments" / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left behind")
    os.utime(path, (at, at))
    return path


def test_old_bytes_that_no_row_names_are_deleted(store_folder: Path) -> None:
    _leave(store_folder, "abc", at=OLD)
    _leave(store_folder, "abd.12.part", at=OLD)
    assert delete_orphans(at=NOW) == 2
    assert stored_bytes(store_folder) == []


def test_young_bytes_may_belong_to_a_transaction_that_still_runs(store_folder: Path) -> None:
    path = _leave(store_folder, "abc", at=NOW.timestamp())
    assert delete_orphans(at=NOW) == 0
    assert path.exists()


def test_files_and_what_was_drawn_from_them_stay(store_folder: Path) -> None:
    ready_rendition_of(store(a_picture(), filename="a.png", by=SYSTEM))
    for path in stored_bytes(store_folder):
        os.utime(path, (OLD, OLD))
    assert delete_orphans(at=NOW) == 0
    assert len(stored_bytes(store_folder)) == 2


def test_only_our_own_folder_is_swept(store_folder: Path) -> None:
    other = store_folder / "other" / "ab" / "abc"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"somebody else's")
    os.utime(other, (OLD, OLD))
    assert delete_orphans(at=NOW) == 0


def test_an_empty_store_is_fine(store_folder: Path) -> None:
    assert delete_orphans(at=NOW) == 0
