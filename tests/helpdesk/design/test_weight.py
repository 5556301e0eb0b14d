"""What a first visit costs, compressed: 150 kB for page, styles and scripts together."""

import gzip
from pathlib import Path

from helpdesk.design import stylesheet

STATIC = Path("static")
SCRIPTS = [*(STATIC / "js").rglob("*.js"), *(STATIC / "vendor").rglob("*.js")]
SPRITE = STATIC / "vendor" / "lucide" / "sprite.svg"
FONT = STATIC / "vendor" / "atkinson-hyperlegible-next" / "latin-wght-normal.woff2"


def compressed(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def test_all_styles_weigh_less_than_25_kb() -> None:
    assert compressed(stylesheet.stylesheet(STATIC / "css").encode()) < 25_000


def test_all_scripts_weigh_less_than_50_kb() -> None:
    assert sum(compressed(path.read_bytes()) for path in SCRIPTS) < 50_000


def test_the_icons_weigh_less_than_10_kb() -> None:
    assert compressed(SPRITE.read_bytes()) < 10_000


def test_the_font_that_a_page_waits_for_weighs_less_than_40_kb() -> None:
    assert FONT.stat().st_size < 40_000
