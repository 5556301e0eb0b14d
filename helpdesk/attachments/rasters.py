"""Pictures drawn anew in a process of its own: what is shown inline never is what was sent."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_CHILD = Path(__file__).with_name("raster_child.py")
WALL_SECONDS = 30
MAX_BYTES = 25_000_000


class NotAPicture(Exception):
    """It cannot be drawn: broken, too large, or no picture of a kind that we draw."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture without anything but its points; sides in pixels."""

    content: bytes
    content_type: str
    width: int
    height: int


def draw_anew(content: bytes) -> Raster:
    """Decode a GIF, JPEG, PNG or WebP of at most 40 megapixels and encode it again.

    Metadata (such as where a photo was taken) goes, an animation keeps its first picture, and
    what is larger than 2,048 pixels is made smaller. The child may use 10 s of processor time
    and 1 GB. Raises NotAPicture.
    """
    if len(content) > MAX_BYTES:
        raise NotAPicture(f"It is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        child = subprocess.run(  # noqa: S603 - our own file, no word of it from outside
            [sys.executable, "-I", str(_CHILD)],
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotAPicture(f"It took longer than {WALL_SECONDS} s.") from None
    head, _, drawn = child.stdout.partition(b"\n")
    if child.returncode != 0 or not head:
        raise NotAPicture(f"It could not be decoded (status {child.returncode}).")
    facts = json.loads(head)
    return Raster(drawn, facts["content_type"], facts["width"], facts["height"])
