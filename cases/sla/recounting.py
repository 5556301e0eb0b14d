"""A holiday that was added for a day gone by: counting again from that day, on purpose.

An edit of a calendar never changes the past by itself. Whoever wants that publishes the edit
with an effective instant in the past, looks at the preview, gives a reason, and recounts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from cases.models import Case
from cases.sla.case_clocks import refresh_cases
from cases.sla.logbook import Clock, logs_in, write
from cases.sla.metrics import Metric
from cases.sla.models import OPEN, SlaEvent, SlaTimer
from cases.sla.reckoning import EventKind, TimerState, looked_at, whole_second
from cases.sla.replanning import tell_moved
from helpdesk.calendars.models import CalendarVersion
from helpdesk.people.actors import Actor

BATCH = 200


@dataclass(frozen=True, slots=True)
class Change:
    """What a recount does to one promise; `due` is the one that counts, ended or not."""

    case_number: str
    metric: Metric
    due_before: datetime | None
    due_after: datetime | None
    is_miss_taken_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """Counting every promise that was open after `since` again, on `version` of its calendar.

    A miss that goes is kept, voided with `by` and `why`; what was announced is not announced
    again. Nobody is made late in hindsight: a promise that would be, stays as it was.
    """

    version: CalendarVersion
    since: datetime
    now: datetime
    by: Actor
    why: str

    def preview(self) -> list[Change]:
        """What would change. Nothing is written."""
        logs = logs_in(SlaEvent.objects.filter(timer__in=self._touched()))
        clocks = list(self._recounted(logs))
        cases = Case.objects.in_bulk([clock.row.case_id for clock in clocks])
        return [_change(clock, cases[clock.row.case_id]) for clock in clocks]

    def carry_out(self) -> list[Change]:
        """Write it, case by case in batches; a second time changes nothing.

        Raises ValueError without a reason.
        """
        if not self.why.strip():
            raise ValueError("Say why time is counted again: the reason stays on every case.")
        touched = sorted(set(self._touched().values_list("case_id", flat=True)))
        batches = [touched[first : first + BATCH] for first in range(0, len(touched), BATCH)]
        return [change for batch in batches for change in self._recount(batch)]

    @transaction.atomic
    def _recount(self, case_ids: list[int]) -> list[Change]:
        cases = {case.pk: case for case in Case.objects.locked(*case_ids)}
        timers = self._touched().filter(case__in=case_ids)
        clocks = list(self._recounted(logs_in(SlaEvent.objects.filter(timer__in=timers))))
        changes = [_change(clock, cases[clock.row.case_id]) for clock in clocks]
        tell_moved(clocks, cases, now=self.now)
        write(clocks, by=self.by, at=whole_second(self.now), why=self.why)
        refresh_cases(cases.values())
        return changes

    def _touched(self) -> QuerySet[SlaTimer]:
        """Timers on any version of the calendar that were open at some time after `since`."""
        return SlaTimer.objects.filter(
            Q(state__in=OPEN) | Q(stopped_at__gt=self.since),
            calendar_version__calendar=self.version.calendar_id,
        )

    def _recounted(self, logs: Iterable[list[SlaEvent]]) -> Iterator[Clock]:
        """Those that change, counted again."""
        for log in logs:
            clock = Clock.read(log)
            before = looked_at(clock.state, self.now)
            clock.note(
                EventKind.RECALENDAR,
                at=max(whole_second(self.since), before.started_at),
                by=self.by,
                calendar_version=self.version.pk,
                why=self.why,
            )
            after = clock.state = looked_at(clock.state, self.now)
            is_made_late = after.is_missed and not before.is_missed
            if not is_made_late and _promise(before) != _promise(after):
                yield clock


def _change(clock: Clock, case: Case) -> Change:
    row, state = clock.row, clock.state
    return Change(
        case_number=case.shown_number,
        metric=Metric(clock.metric),
        due_before=row.due_at or row.promised_at,
        due_after=state.due_at or state.promised_at,
        is_miss_taken_back=row.is_missed and not state.is_missed,
    )


def _promise(state: TimerState) -> tuple[datetime | None, bool]:
    """The due time that counts, the running one or the one that held at the end; and its fate."""
    return state.due_at or state.promised_at, state.is_missed
