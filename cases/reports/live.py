"""The figures of this moment: what is open, what is due, what was missed today.

None of them counts what has happened: they are kept figures, or bounded looks into an index. They
are at most `SECONDS` old.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import connection
from django.db.models import Sum

from cases.lifecycle import ACTIVE, State
from cases.models import Priority
from cases.reports.models import KeptFigure, What

SECONDS = 2
MOST_COUNTED = 1_000
ANSWERS_LOOKED_AT = 200
SOON = timedelta(hours=1)
_KEY = "reports:live"

_OF_NOW = f"""
SELECT
    (SELECT count(*) FROM (SELECT FROM cases_case WHERE next_due_at >= %(now)s
        AND next_due_at < %(soon)s LIMIT {MOST_COUNTED + 1}) AS due),
    (SELECT count(*) FROM (SELECT FROM cases_case WHERE next_due_at < %(now)s
        LIMIT {MOST_COUNTED + 1}) AS late),
    (SELECT count(*) FROM (SELECT FROM reports_outcome WHERE is_missed
        AND ended_at >= %(midnight)s LIMIT {MOST_COUNTED + 1}) AS missed),
    (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY took_seconds) FROM (
        SELECT took_seconds FROM reports_outcome
        WHERE metric = 'first_response' AND answered_at IS NOT NULL
        ORDER BY answered_at DESC LIMIT {ANSWERS_LOOKED_AT}) AS answers),
    (SELECT coalesce(sum(good), 0) FROM satisfaction_tally WHERE month = %(month)s),
    (SELECT coalesce(sum(good + bad), 0) FROM satisfaction_tally WHERE month = %(month)s)
"""  # noqa: S608 (numbers of our own)


@dataclass(frozen=True, slots=True)
class LiveFigures:
    """`by_state` holds the open cases by state and priority; counts stop at `MOST_COUNTED` + 1."""

    taken_at: datetime
    due_soon: int
    overdue: int
    missed_today: int
    median_seconds: int | None
    good: int
    answered: int
    by_state: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def open(self) -> int:
        return sum(sum(row.values()) for row in self.by_state.values())

    @property
    def waiting(self) -> int:
        return sum(self.by_state["waiting"].values())

    @property
    def good_share(self) -> float | None:
        """Of the answers of this month; None without any."""
        return self.good / self.answered if self.answered else None


def live_figures(*, now: datetime, midnight: datetime) -> LiveFigures:
    """The figures, read once in `SECONDS` for all who look. `midnight` began the desk's day."""
    kept: LiveFigures | None = cache.get(_KEY)
    if kept is None:
        kept = _read(now=now, midnight=midnight)
        cache.set(_KEY, kept, timeout=SECONDS)
    return kept


def _read(*, now: datetime, midnight: datetime) -> LiveFigures:
    values = {"now": now, "soon": now + SOON, "midnight": midnight, "month": _month_of(now)}
    opened = KeptFigure.objects.filter(what=What.OPEN).values_list("state", "priority")
    found = {(state, priority): count for state, priority, count in opened.annotate(Sum("value"))}
    with connection.cursor() as cursor:
        cursor.execute(_OF_NOW, values)
        due, late, missed, median, good, answered = cursor.fetchone()
    by_state = {
        state.value: {one.value: found.get((state.value, one.value), 0) for one in Priority}
        for state in State
        if state in ACTIVE
    }
    return LiveFigures(
        taken_at=now,
        due_soon=due,
        overdue=late,
        missed_today=missed,
        median_seconds=None if median is None else round(median),
        good=int(good),
        answered=int(answered),
        by_state=by_state,
    )


def _month_of(now: datetime) -> date:
    return now.date().replace(day=1)
