"""All clocks of one case, while its row is locked: read once, changed, written once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from cases.models import Case
from cases.sla.logbook import Clock, clock_of_plan, logs_in, terms_payload, write
from cases.sla.metrics import Metric
from cases.sla.models import SlaEvent, SlaTimer
from cases.sla.plans import Plan
from cases.sla.reckoning import EventKind
from helpdesk.people.actors import Actor

LATE_EVIDENCE = "Late evidence: a message that had come in time was recorded later."


class CaseClocks:
    """The clocks that an event of `at` can touch. The caller holds the lock on the case."""

    def __init__(self, case: Case, clocks: Iterable[Clock], *, at: datetime, by: Actor) -> None:
        self.case = case
        self.at = at
        self.by = by
        self._clocks = list(clocks)

    @classmethod
    def read(cls, case: Case, *, at: datetime, by: Actor) -> Self:
        """The last timer of each metric and every one that ended after `at`, in one query.

        Open timers are always the last of their metric, so all of them are here.
        """
        later = SlaTimer.objects.filter(
            case=OuterRef("timer__case"),
            metric=OuterRef("timer__metric"),
            cycle__gt=OuterRef("timer__cycle"),
        )
        touched = ~Exists(later) | Q(timer__stopped_at__gt=at)
        logs = logs_in(SlaEvent.objects.filter(touched, timer__case=case))
        return cls(case, map(Clock.read, logs), at=at, by=by)

    def latest(self, metric: Metric) -> Clock | None:
        """The last timer of a metric, open or not."""
        of_metric = [clock for clock in self._clocks if clock.metric == metric]
        return max(of_metric, key=lambda clock: clock.row.cycle, default=None)

    def open(self) -> list[Clock]:
        """Those that run or stand still."""
        return [clock for clock in self._clocks if clock.is_open]

    def covering(self, metric: Metric) -> list[Clock]:
        """Those that were open at `at`, which may lie before what else is known."""
        return [
            clock
            for clock in self._clocks
            if clock.metric == metric
            and clock.state.started_at <= self.at
            and (clock.state.stopped_at is None or clock.state.stopped_at > self.at)
        ]

    def begin(
        self,
        plan: Plan,
        *,
        at: datetime | None = None,
        no_later_than: datetime | None = None,
        **payload: Any,
    ) -> Clock:
        """Start the next cycle of a metric."""
        latest = self.latest(plan.metric)
        clock = clock_of_plan(
            plan,
            case_id=self.case.pk,
            cycle=1 if latest is None else latest.row.cycle + 1,
            at=at or self.at,
            by=self.by,
            no_later_than=no_later_than,
            **payload,
        )
        self._clocks.append(clock)
        return clock

    def note(
        self, clock: Clock, kind: EventKind, *, at: datetime | None = None, **payload: Any
    ) -> None:
        """Add an event to one clock, at `at` or now."""
        clock.note(kind, at=at or self.at, by=self.by, **payload)

    def retarget(self, clock: Clock, plan: Plan, *, at: datetime | None = None, why: str) -> None:
        """Put a clock on the terms of `plan`, unless it has them."""
        held = clock.terms.payload
        terms = terms_payload(plan, why=why)
        if any(held.get(key) != terms[key] for key in ("policy", "target_seconds", "calendar")):
            self.note(clock, EventKind.RETARGET, at=at, **terms)

    def write(self) -> None:
        """Store what changed and show the next due time on the case, which the caller saves."""
        changed = [clock for clock in self._clocks if clock.added]
        was_taken_back = any(
            clock.row.breached_at is not None and not clock.state.is_missed for clock in changed
        )
        if changed:
            write(changed, by=self.by, at=self.at, why=LATE_EVIDENCE)
        if was_taken_back:
            self.case.has_missed = self.case.timers.missed().exists()
        show_next_due(self.case, [clock.row for clock in self._clocks])


def show_next_due(case: Case, timers: Iterable[SlaTimer]) -> None:
    """Set the promise columns of `case` from its open timers, without saving the case."""
    rows = list(timers)
    due = [(row.due_at, row.metric) for row in rows if row.due_at is not None]
    case.next_due_at, case.next_due_metric = min(due, default=(None, ""))
    case.has_missed = case.has_missed or any(row.is_missed for row in rows)


PROMISE_COLUMNS = ["next_due_at", "next_due_metric", "has_missed"]


def refresh_cases(cases: Iterable[Case]) -> None:
    """Bring the promise columns of locked cases to what their timers say, and store them."""
    by_pk = {case.pk: case for case in cases}
    of_these = SlaTimer.objects.filter(case__in=by_pk)
    open_timers: dict[int, list[SlaTimer]] = {pk: [] for pk in by_pk}
    for timer in of_these.open():
        open_timers[timer.case_id].append(timer)
    missed = set(of_these.missed().values_list("case_id", flat=True))
    for pk, case in by_pk.items():
        case.has_missed = pk in missed
        show_next_due(case, open_timers[pk])
    Case.objects.bulk_update(by_pk.values(), PROMISE_COLUMNS)
