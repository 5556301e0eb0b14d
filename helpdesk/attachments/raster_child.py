"""Run by `rasters.py` as a process of its own: a picture on stdin, the same drawn anew on stdout.

It imports nothing of ours and is started with `-I`, so that a decoder that has been taken over
finds neither our settings nor our connections.
"""

import io
import json
import resource
import sys

from PIL import Image, ImageOps

FORMATS = ("GIF", "JPEG", "PNG", "WEBP")
MOST_POINTS = 40_000_000
MOST_SIDE = 2_048
CPU_SECONDS = 10
MEMORY_BYTES = 1024**3
_TRANSPARENT = frozenset({"RGBA", "LA", "PA"})


def main() -> int:
    """Return 0 when the picture was drawn; the first line says what it is."""
    content = sys.stdin.buffer.read()
    _limit()
    try:
        drawn, facts = _drawn_anew(content)
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        return 1
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + drawn)
    return 0


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _drawn_anew(content: bytes) -> tuple[bytes, dict[str, str | int]]:
    picture: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
    if picture.width * picture.height > MOST_POINTS:
        raise ValueError("too many points")
    picture.draft("RGB", (MOST_SIDE, MOST_SIDE))
    has_transparency = picture.mode in _TRANSPARENT or "transparency" in picture.info
    # Screenshots come as these: words in them blur as JPEG.
    is_drawing = has_transparency or picture.format in {"GIF", "PNG"}
    picture = ImageOps.exif_transpose(picture)
    picture = picture.convert("RGBA" if has_transparency else "RGB")
    picture.thumbnail((MOST_SIDE, MOST_SIDE))
    # A fresh picture holds the points and nothing of what came with them.
    plain = Image.new(picture.mode, picture.size)
    plain.paste(picture)
    out = io.BytesIO()
    if is_drawing:
        plain.save(out, "PNG", optimize=False)
    else:
        plain.save(out, "JPEG", quality=85)
    kind = "image/png" if is_drawing else "image/jpeg"
    facts: dict[str, str | int] = {
        "content_type": kind,
        "width": plain.width,
        "height": plain.height,
    }
    return out.getvalue(), facts


if __name__ == "__main__":
    sys.exit(main())
