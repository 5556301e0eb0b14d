"""The store on a disk: a file is there whole, or not at all, whenever the power fails."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage

PART = ".part"


class DurableStorage(FileSystemStorage):
    """Writes beside the place, syncs, renames, syncs the folder; only then the name exists."""

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]
        place = Path(self.path(name))
        _make_folder(place.parent)
        part = place.with_name(f"{place.name}.{secrets.token_hex(4)}{PART}")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            part.replace(place)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        _sync_folder(place.parent)
        return name


def _make_folder(folder: Path) -> None:
    """Make `folder`, and sync whoever holds a folder that is new."""
    missing = [folder]
    while not missing[-1].exists():
        missing.append(missing[-1].parent)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for known in missing[1:]:
        _sync_folder(known)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
