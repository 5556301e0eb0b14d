"""The last days as bars: where each stands in the drawing, and its words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledgebase.notices.history import Day
from knowledgebase.notices.lifecycle import Impact

# In units of the drawing, which the page scales.
WIDTH, GAP, HEIGHT = 6, 2, 34
# The worse, the higher: colour never speaks alone.
HEIGHTS = {Impact.NONE: 10, Impact.DEGRADED: 18, Impact.PARTIAL: 26, Impact.OUTAGE: HEIGHT}


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the drawing."""

    x: int
    y: int
    height: int
    tone: str
    date: date
    words: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The drawing: bars from left to right, and the days that a table has to tell."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    told: tuple[Day, ...]

    @property
    def since(self) -> date:
        return self.bars[0].date


def bars_of(days: Sequence[Day]) -> Bars:
    """The drawing of `days`, the oldest first."""
    bars = tuple(_bar(place, day) for place, day in enumerate(days))
    told = tuple(day for day in reversed(days) if day.notices)
    return Bars(len(days) * (WIDTH + GAP) - GAP, HEIGHT, bars, told)


def _bar(place: int, day: Day) -> Bar:
    height = HEIGHTS[day.impact]
    return Bar(
        x=place * (WIDTH + GAP),
        y=HEIGHT - height,
        height=height,
        tone=_tone(day.impact),
        date=day.date,
        words=day.impact.label,
    )


def _tone(impact: Impact) -> str:
    if impact == Impact.NONE:
        return ""
    return "wattle" if impact == Impact.DEGRADED else "waratah"
