"""The promises of a month: kept and missed, by target, priority and organisation, and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet, Sum

from cases.models import Case, Priority
from cases.reports.models import KeptFigure, Outcome, What
from cases.sla.metrics import Metric
from cases.sla.models import SlaEvent
from helpdesk.people.models import Organisation, Person

Row = TypeVar("Row", bound=Model)
MONTHS = 12
MOST_ROWS = 50
MOST_MISSES = 50


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which promises a report is about: those of a month, of an organisation, or all."""

    month: date | None = None
    organisation_id: int | None = None

    def of(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Those of `rows` that the report is about."""
        if self.month is not None:
            rows = rows.filter(month=self.month)
        if self.organisation_id is not None:
            rows = rows.filter(organisation_id=self.organisation_id)
        return rows


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises under one name were kept and missed."""

    name: str
    met: int
    missed: int
    organisation_id: int | None = None

    @property
    def count(self) -> int:
        return self.met + self.missed

    @property
    def share(self) -> float:
        return self.met / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One missed promise, with what its log says of reasons."""

    case: Case
    metric: str
    due_at: datetime
    answered_at: datetime | None
    reasons: Sequence[str]


def by_month(narrowing: Narrowing) -> list[Kept]:
    """The last twelve months with any outcome, the latest first."""
    of_all = Narrowing(organisation_id=narrowing.organisation_id)
    rows = _summed("month", of_all).order_by("-month")[:MONTHS]
    return [_kept(f"{row['month']:%B %Y}", row) for row in rows]


def by_target(narrowing: Narrowing) -> list[Kept]:
    """One line for each of the four promises."""
    found = {row["metric"]: row for row in _summed("metric", narrowing)}
    return [_kept(str(one.label), found[one]) for one in Metric if one in found]


def by_priority(narrowing: Narrowing) -> list[Kept]:
    """One line for each priority, the most urgent first."""
    found = {row["priority"]: row for row in _summed("priority", narrowing)}
    return [_kept(str(one.label), found[one]) for one in Priority if one in found]


def by_organisation(narrowing: Narrowing) -> list[Kept]:
    """The organisations with the most misses."""
    order = F("missed").desc(nulls_last=True), F("organisation_id")
    rows = list(_summed("organisation_id", narrowing).order_by(*order)[:MOST_ROWS])
    names = _names_of(row["organisation_id"] for row in rows)
    return [_kept(names.get(row["organisation_id"], "No organisation"), row) for row in rows]


def short_answers(month: date | None) -> int:
    """Answers of ours under 20 characters: a promise can be kept by saying nothing."""
    short = Narrowing(month).of(KeptFigure.objects.filter(what=What.SHORT))
    return int(short.aggregate(count=Sum("value"))["count"] or 0)


def latest_misses(reader: Person, narrowing: Narrowing) -> list[Miss]:
    """The newest misses among the cases that `reader` may see, with the reasons in their logs."""
    missed = narrowing.of(Outcome.objects.filter(is_missed=True))
    outcomes = list(missed.order_by("-ended_at", "-timer_id")[:MOST_MISSES])
    cases = Case.objects.visible_to(reader).in_bulk([one.case_id for one in outcomes])
    reasons = _reasons_of([one.timer_id for one in outcomes])
    return [
        Miss(
            case=cases[one.case_id],
            metric=str(Metric(one.metric).label),
            due_at=one.ended_at,
            answered_at=one.answered_at,
            reasons=reasons.get(one.timer_id, []),
        )
        for one in outcomes
        if one.case_id in cases
    ]


def csv_rows() -> Iterator[tuple[str, ...]]:
    """Every figure, with a head: for a spreadsheet."""
    yield ("month", "target", "priority", "organisation", "met", "missed")
    columns = ("month", "metric", "priority", "organisation_id")
    rows = list(_counted(KeptFigure.objects.values(*columns)).order_by(*columns))
    names = _names_of(row["organisation_id"] for row in rows)
    for row in rows:
        name = names.get(row["organisation_id"], "")
        counts = str(row["met"] or 0), str(row["missed"] or 0)
        yield (f"{row['month']:%Y-%m}", row["metric"], row["priority"], name, *counts)


Sums = QuerySet[KeptFigure, dict[str, Any]]


def _summed(column: str, narrowing: Narrowing) -> Sums:
    return _counted(narrowing.of(KeptFigure.objects.all()).values(column))


def _counted(rows: Sums) -> Sums:
    ended = rows.filter(what__in=[What.MET, What.MISSED])
    summed = ended.annotate(
        met=Sum("value", filter=Q(what=What.MET)),
        missed=Sum("value", filter=Q(what=What.MISSED)),
        total=Sum("value"),
    )
    # What was counted and taken out again leaves nothing behind.
    return summed.filter(total__gt=0)


def _kept(name: str, row: dict[str, Any]) -> Kept:
    return Kept(name, row["met"] or 0, row["missed"] or 0, row.get("organisation_id"))


def _names_of(pks: Iterable[int | None]) -> dict[int | None, str]:
    wanted = {pk for pk in pks if pk is not None}
    return dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _reasons_of(timer_ids: Sequence[int]) -> dict[int, list[str]]:
    """What was said whenever the target, the calendar or the end of a promise was changed."""
    events = SlaEvent.objects.filter(timer__in=timer_ids, payload__has_key="why").order_by("pk")
    found: dict[int, list[str]] = {}
    for event in events:
        if event.why:
            found.setdefault(event.timer_id, []).append(f"{event.actor_label}: {event.why}")
    return found
