"""The one stylesheet: every file of `static/css/` in layer order, as `css/waratah.css`.

Written small, sent whole: there is no build step and no generated file in the tree, and a page
asks for one file instead of fifty. A staticfiles finder makes it, so that `{% static %}`,
`collectstatic`, hashed names and WhiteNoise treat it like any other file.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

NAME = "css/waratah.css"
FIRST = (
    "layers.css",
    "tokens.css",
    "marks.css",
    "fonts.css",
    "base.css",
    "layout.css",
    "console.css",
)
FOLDERS = ("components", "pages")


def sources(folder: Path) -> list[Path]:
    """The files that make the stylesheet, in the order in which they stand in it."""
    first = [folder / name for name in FIRST]
    return first + [file for name in FOLDERS for file in sorted((folder / name).rglob("*.css"))]


def stylesheet(folder: Path) -> str:
    """The whole stylesheet as text; each piece is named, so that an inspector can be read."""
    return "".join(
        f"/* {file.relative_to(folder).as_posix()} */\n{file.read_text('utf-8')}\n"
        for file in sources(folder)
    )


class StylesheetFinder(BaseFinder):
    """Finds `css/waratah.css`, made from the files as they are now."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.BASE_DIR) / "static" / "css"
        self.made = Path(settings.DATA_DIR) / "made"
        self.storage = FileSystemStorage(location=self.made)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path.replace(os.sep, "/") != NAME:
            return []
        made = str(self._make())
        return [made] if find_all or kwargs.get("all") else made

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        self._make()
        yield NAME, self.storage

    def _make(self) -> Path:
        target = self.made / NAME
        text = stylesheet(self.folder)
        if not target.exists() or target.read_text("utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(f".{os.getpid()}")
            fresh.write_text(text, "utf-8")
            fresh.replace(target)
        return target
