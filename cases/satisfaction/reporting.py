"""The figures for leads, from the kept tallies."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from cases.satisfaction.models import Survey, Tally

MONTHS = 12
MOST_ROWS = 50
MOST_COMMENTS = 20

Rows = QuerySet[Tally, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """How many were asked under one name, and what they said."""

    name: str
    asked: int
    good: int
    bad: int

    @property
    def answered(self) -> int:
        return self.good + self.bad

    @property
    def share(self) -> float | None:
        """Of the answers, how many were good; None without any."""
        return self.good / self.answered if self.answered else None


def by_month() -> list[Figures]:
    """The last twelve months with any question, the latest first."""
    rows = Tally.objects.values("month").order_by("-month")
    return [_figures(f"{row['month']:%B %Y}", row) for row in _summed(rows)[:MONTHS]]


def by_agent(month: date | None) -> list[Figures]:
    """One line for each agent in a month, or of all time."""
    rows = _of(month).values("agent__full_name", "agent__username")
    named = [
        (row["agent__full_name"] or row["agent__username"] or "Nobody", row)
        for row in _most_answered(rows)
    ]
    return [_figures(name, row) for name, row in named]


def by_organisation(month: date | None) -> list[Figures]:
    """One line for each client, those with the most answers first."""
    rows = _of(month).values("organisation__name")
    return [
        _figures(row["organisation__name"] or "No organisation", row)
        for row in _most_answered(rows)
    ]


def latest_comments() -> list[Survey]:
    """The newest answers that say something."""
    answered = Survey.objects.filter(answered_at__isnull=False).exclude(comment="")
    return list(answered.select_related("case").order_by("-answered_at", "-pk")[:MOST_COMMENTS])


def csv_rows() -> Iterator[tuple[str, ...]]:
    """Every tally, with a head: for a spreadsheet."""
    yield ("month", "agent", "organisation", "asked", "good", "bad")
    rows = Tally.objects.select_related("agent", "organisation").order_by("month", "pk")
    for tally in rows.iterator(chunk_size=2_000):
        agent = tally.agent.name if tally.agent else ""
        organisation = tally.organisation.name if tally.organisation else ""
        figures = (tally.asked, tally.good, tally.bad)
        yield (f"{tally.month:%Y-%m}", agent, organisation, *map(str, figures))


def _of(month: date | None) -> QuerySet[Tally]:
    return Tally.objects.filter(month=month) if month else Tally.objects.all()


def _most_answered(rows: Rows) -> Rows:
    answered = _summed(rows).annotate(answers=Sum("good") + Sum("bad"))
    return answered.order_by("-answers")[:MOST_ROWS]


def _summed(rows: Rows) -> Rows:
    return rows.annotate(asked_sum=Sum("asked"), good_sum=Sum("good"), bad_sum=Sum("bad"))


def _figures(name: str, row: dict[str, Any]) -> Figures:
    asked, good, bad = (int(str(row[f"{one}_sum"])) for one in ("asked", "good", "bad"))
    return Figures(name, asked, good, bad)
