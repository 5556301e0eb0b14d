"""A store of its own for each test, and pictures to put in it."""

import io
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings


@pytest.fixture(autouse=True)
def store_folder(settings: Settings, tmp_path: Path) -> Path:
    """Where the bytes of this test lie; empty at first."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def stored_bytes(folder: Path) -> list[Path]:
    """Every file below `folder`, whatever its name."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def a_picture(
    kind: str = "PNG", *, size: tuple[int, int] = (8, 4), mode: str = "RGB", **options: object
) -> bytes:
    """A small red picture, encoded."""
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **options)
    return out.getvalue()
