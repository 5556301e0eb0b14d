"""Whether a brand's colour can be read wherever the desk puts it (pure). WCAG 2.2, 1.4.3."""

from dataclasses import dataclass
from enum import Enum

LEAST = 4.5
"""The contrast that text needs, from 1 to 21."""
STRONGER, WASHED = 0.18, 0.1


class Theme(Enum):
    """The papers and inks of `static/css/tokens.css` that a brand's colour stands beside."""

    LIGHT = "light"
    DARK = "dark"

    @property
    def papers(self) -> dict[str, str]:
        return _PAPERS[self]

    @property
    def inks(self) -> dict[str, str]:
        return _INKS[self]


_PAPERS = {
    Theme.LIGHT: {"paper": "#fbfaf6", "surface": "#ffffff", "sunk": "#f3f1ea"},
    Theme.DARK: {"paper": "#14181a", "surface": "#1c2225", "sunk": "#101416"},
}
_INKS = {
    Theme.LIGHT: {
        "ink": "#1b2426",
        "ink-soft": "#56625f",
        "waratah": "#b4122f",
        "wattle": "#8a5a00",
        "sky": "#1f5a8c",
    },
    Theme.DARK: {
        "ink": "#e9edea",
        "ink-soft": "#a3afab",
        "waratah": "#ff7a8a",
        "wattle": "#f2c14e",
        "sky": "#8cc1ee",
    },
}
_STRONGEST = {Theme.LIGHT: "#000000", Theme.DARK: "#ffffff"}
_ON = {Theme.LIGHT: "#ffffff", Theme.DARK: "#0c1413"}


@dataclass(frozen=True, slots=True)
class Shades:
    """What a brand's colour replaces: the four colours of what can be done."""

    plain: str
    strong: str
    wash: str
    on: str


def shades_of(colour: str, *, theme: Theme) -> Shades:
    """The colour itself, under the pointer, as a wash behind text, and the ink on it."""
    return Shades(
        plain=colour,
        strong=_mixed(colour, _STRONGEST[theme], STRONGER),
        wash=_mixed(theme.papers["surface"], colour, WASHED),
        on=_ON[theme],
    )


def faults_of(colour: str, *, theme: Theme) -> list[str]:
    """Sentences for whoever chose the colour; empty where all can be read."""
    shades = shades_of(colour, theme=theme)
    pairs = [
        *((f"as text on the {theme.value} page", colour, paper) for paper in theme.papers.values()),
        ("as text on its own wash", colour, shades.wash),
        ("under the text of a button", shades.on, colour),
        ("under the text of a button that is pointed at", shades.on, shades.strong),
        *(("as a wash under other text", ink, shades.wash) for ink in theme.inks.values()),
    ]
    worst: dict[str, float] = {}
    for where, one, other in pairs:
        worst[where] = min(contrast(one, other), worst.get(where, LEAST))
    hint = "darker" if theme is Theme.LIGHT else "lighter"
    return [
        f"{colour} {where} reaches {_floor(ratio)}:1 and needs {LEAST}:1. Choose a {hint} colour."
        for where, ratio in worst.items()
        if ratio < LEAST
    ]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours like #0f5f50, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def stylesheet_of(light: str, dark: str) -> str:
    """The tokens that a brand sets, light and dark."""
    pair = shades_of(light, theme=Theme.LIGHT), shades_of(dark, theme=Theme.DARK)
    names = {
        "eucalypt": "plain",
        "eucalypt-strong": "strong",
        "eucalypt-wash": "wash",
        "on-eucalypt": "on",
    }
    lines = [
        f"--{token}:light-dark({getattr(pair[0], shade)},{getattr(pair[1], shade)})"
        for token, shade in names.items()
    ]
    return f":root{{{';'.join(lines)}}}\n"


def _mixed(one: str, other: str, share: float) -> str:
    """`one` with a share of `other`, from 0 to 1."""
    parts = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _floor(ratio: float) -> float:
    """One digit, never rounded up to what it does not reach."""
    return int(ratio * 10) / 10
