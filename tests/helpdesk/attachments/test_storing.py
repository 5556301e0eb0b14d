"""Putting files into the store."""

import hashlib
import io
import re
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from helpdesk.attachments.models import Rendition, ScanState, StoredFile
from helpdesk.attachments.storing import FileRefused, StorageUnavailable, delete, store
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person
from tests.helpdesk.attachments.conftest import a_picture, stored_bytes

pytestmark = pytest.mark.django_db


def test_a_file_lies_under_a_random_key_and_its_name_is_only_data(
    store_folder: Path, carla: Person
) -> None:
    file = store(b"words", filename="../\u200b.htaccess", by=Actor.of(carla))
    assert stored_bytes(store_folder) == [store_folder / file.key]
    assert re.fullmatch(r"attachments/[\w-]{2}/[\w-]{32}", file.key)
    assert (file.filename, file.uploaded_by) == (".htaccess", carla)


def test_the_bytes_stay_as_they_are(store_folder: Path) -> None:
    content = bytes(range(256)) * 5000
    file = store(io.BytesIO(content), filename="a.bin", by=SYSTEM)
    assert (store_folder / file.key).read_bytes() == content
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_archives_are_never_unpacked(store_folder: Path) -> None:
    store(b"PK\x03\x04" + b"../../evil\x00" * 100, filename="a.zip", by=SYSTEM)
    assert len(stored_bytes(store_folder)) == 1


def test_addresses_and_keys_cannot_be_guessed_from_one_another() -> None:
    one, other = (store(b"same", filename="same.txt", by=SYSTEM) for _ in range(2))
    assert len({one.public_id, other.public_id, one.key[-32:], other.key[-32:]}) == 4
    assert len(one.public_id) == 32


def test_a_file_that_is_too_large_is_refused_with_a_sentence(store_folder: Path) -> None:
    with pytest.raises(FileRefused, match=r"^a\.bin is larger than 2 MB and was not taken"):
        store(b"x" * 2_000_001, filename="a.bin", by=SYSTEM, most_bytes=2_000_000)
    assert (StoredFile.objects.count(), stored_bytes(store_folder)) == (0, [])


def test_a_store_that_is_away_is_a_sentence_and_nothing_is_kept(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "no folder").write_text("")
    settings.MEDIA_ROOT = tmp_path / "no folder" / "files"
    with pytest.raises(StorageUnavailable, match="Nothing was kept"):
        store(b"words", filename="a.txt", by=SYSTEM)
    assert StoredFile.objects.count() == 0


def test_the_row_belongs_to_the_transaction_of_the_caller() -> None:
    with transaction.atomic():
        store(b"words", filename="a.txt", by=SYSTEM)
        transaction.set_rollback(True)
    assert StoredFile.objects.count() == 0


def test_a_declared_type_is_kept_as_words_only() -> None:
    file = store(b"words", filename="a.txt", declared_type="text/html\r\nX: y", by=SYSTEM)
    assert (file.declared_type, file.content_type) == ("text/html X: y", "application/octet-stream")


def test_a_picture_waits_to_be_drawn_anew() -> None:
    file = store(a_picture(), filename="a.png", by=SYSTEM)
    assert file.rendition.state == Rendition.State.WAITING


def test_without_a_scanner_nothing_is_held() -> None:
    file = store(b"words", filename="a.txt", by=SYSTEM)
    assert (file.scan_state, file.is_held) == (ScanState.UNNEEDED, False)


def test_with_a_scanner_everything_is_held_at_first(settings: Settings) -> None:
    settings.CLAMAV_URL = "tcp://localhost:3310"
    file = store(b"words", filename="a.txt", by=SYSTEM)
    assert (file.scan_state, file.is_held) == (ScanState.NOT_SCANNED, True)


def test_deleting_removes_the_bytes_after_the_commit(
    store_folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    file = store(b"words", filename="a.txt", by=SYSTEM)
    with django_capture_on_commit_callbacks(execute=True):
        delete(file)
        assert len(stored_bytes(store_folder)) == 1
    assert (StoredFile.objects.count(), stored_bytes(store_folder)) == (0, [])
