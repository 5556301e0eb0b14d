"""The store on a disk."""

import io
import resource
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files import File
from django.core.files.storage import default_storage

from tests.helpdesk.attachments.conftest import stored_bytes

SMALL_DISK = 100_000


@pytest.fixture
def full_disk() -> Iterator[None]:
    """The system refuses to write more than SMALL_DISK bytes into any file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_DISK, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_is_written_is_there_whole_and_for_nobody_else(store_folder: Path) -> None:
    default_storage.save("a/b/c", File(io.BytesIO(b"words")))
    assert (store_folder / "a/b/c").read_bytes() == b"words"
    assert stat.S_IMODE((store_folder / "a/b/c").stat().st_mode) == 0o600
    assert stat.S_IMODE((store_folder / "a/b").stat().st_mode) == 0o700


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_keeps_nothing_of_the_file(store_folder: Path) -> None:
    with pytest.raises(OSError, match="File too large"):
        default_storage.save("a/b", File(io.BytesIO(b"x" * (SMALL_DISK + 1))))
    assert stored_bytes(store_folder) == []


def test_a_source_that_breaks_off_keeps_nothing_of_the_file(store_folder: Path) -> None:
    broken = io.BytesIO(b"words")
    broken.close()
    with pytest.raises(ValueError, match="closed file"):
        default_storage.save("a/b", File(broken))
    assert stored_bytes(store_folder) == []
