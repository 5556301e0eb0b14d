"""The statement: each movement in words, with what was left after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import QuerySet

from cases.entitlements.models import Movement

HEADINGS = ("When", "What", "Why", "By", "Minutes", "Change", "Left")
# A programme that opens the file must not take a word for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One movement as it is read."""

    at: datetime
    what: str
    why: str
    by: str
    minutes: int
    change: int
    left: int


def line_of(movement: Movement) -> Line:
    """A movement in words."""
    return Line(
        movement.at,
        movement.get_kind_display(),
        movement.why,
        movement.actor_label,
        movement.minutes,
        movement.change,
        movement.available_after,
    )


def csv_rows(movements: QuerySet[Movement], *, zone: tzinfo) -> Iterator[list[str]]:
    """The whole statement, oldest first, as rows of text with their heading; read in portions."""
    yield list(HEADINGS)
    for movement in movements.order_by("pk").iterator(chunk_size=2_000):
        line = line_of(movement)
        yield [
            line.at.astimezone(zone).isoformat(timespec="seconds"),
            line.what,
            _cell(line.why),
            _cell(line.by),
            str(line.minutes),
            str(line.change),
            str(line.left),
        ]


def _cell(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA) else words
