"""Every pair of colours that stands together can be read: WCAG 2.2, 1.4.3 and 1.4.11."""

import re
from pathlib import Path

import pytest

TOKENS = Path("static/css/tokens.css")
PAPERS = ("paper", "surface", "sunk")
WASHES = ("eucalypt-wash", "waratah-wash", "wattle-wash", "sky-wash")

TEXT_PAIRS = [
    *((ink, paper) for ink in ("ink", "ink-soft") for paper in (*PAPERS, *WASHES)),
    *((ink, paper) for ink in ("eucalypt", "waratah", "wattle", "sky") for paper in PAPERS),
    *((ink, f"{ink}-wash") for ink in ("eucalypt", "waratah", "wattle", "sky")),
    # Marks of a case stand on its row, and the row that is open is washed.
    *((ink, "eucalypt-wash") for ink in ("waratah", "wattle", "sky")),
    ("eucalypt-strong", "paper"),
    ("eucalypt-strong", "surface"),
    ("on-eucalypt", "eucalypt"),
    ("on-eucalypt", "eucalypt-strong"),
    ("on-waratah", "waratah"),
    ("on-waratah", "waratah-strong"),
]
SHAPE_PAIRS = [
    *(("line-strong", paper) for paper in PAPERS),
    *(("sky", paper) for paper in (*PAPERS, *WASHES)),
]


def colours() -> dict[str, tuple[str, str]]:
    """Each colour token with its light and its dark value."""
    pattern = r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);"
    found = re.findall(pattern, TOKENS.read_text("utf-8"))
    return {name: (light, dark) for name, light, dark in found}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("ink", "paper"), TEXT_PAIRS)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read(ink: str, paper: str, theme: int) -> None:
    assert contrast(colours()[ink][theme], colours()[paper][theme]) >= 4.5


@pytest.mark.parametrize(("shape", "paper"), SHAPE_PAIRS)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_borders_of_controls_and_focus_can_be_seen(shape: str, paper: str, theme: int) -> None:
    assert contrast(colours()[shape][theme], colours()[paper][theme]) >= 3


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_the_colours_of_the_design_language_are_the_ones_in_use() -> None:
    assert colours()["paper"] == ("#fbfaf6", "#14181a")
    assert colours()["eucalypt"] == ("#0f5f50", "#6cc7b0")
    assert colours()["waratah"] == ("#b4122f", "#ff7a8a")
    assert colours()["wattle-wash"] == ("#fff4d6", "#37290a")
