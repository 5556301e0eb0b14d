"""The arithmetic of a promise, interval by interval: what counted, what did not, and why.

It is worked out from the log alone, by the fold that the timer is made of, so it cannot say
anything else than the timer does: the counted lines add up to what the timer has used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cases.models import Case
from cases.sla.logbook import Clock, logs_in, refresh
from cases.sla.metrics import Metric
from cases.sla.models import SlaEvent, SlaTimer
from cases.sla.receipt_lines import Line, lines_of
from cases.sla.reckoning import looked_at, whole_second
from cases.sla.standing import Standing, standing_of
from helpdesk.calendars.models import CalendarVersion


@dataclass(frozen=True, slots=True)
class Receipt:
    """One promise with its whole arithmetic at one moment.

    `counted_seconds` is the sum of the lines that are not planned. `zone` is the calendar's: the
    lines are read on its clock.
    """

    metric: Metric
    cycle: int
    policy_name: str
    target_words: str
    calendar_name: str
    calendar_version: int
    zone: str
    started_at: datetime
    counted_seconds: int
    lines: tuple[Line, ...]
    standing: Standing

    @property
    def title(self) -> str:
        """ "First response", "Next response 3"."""
        label = str(self.metric.label)
        return f"{label} {self.cycle}" if self.cycle > 1 else label

    @property
    def sentence(self) -> str:
        """For agents: what was promised, on which terms, and how it stands."""
        return (
            f"{self.target_words} by the policy “{self.policy_name}”, counted on "
            f"{self.calendar_name}, version {self.calendar_version}: {self.standing.words}."
        )

    @property
    def client_sentence(self) -> str:
        """For the client, in plain words."""
        return self.standing.client_words


def receipts_of(case: Case, *, now: datetime) -> list[Receipt]:
    """Every promise of `case`, ended ones too, in the order in which they started."""
    logs = logs_in(SlaEvent.objects.filter(timer__case=case))
    logs.sort(key=lambda log: (log[0].timer.started_at, log[0].timer_id))
    versions = CalendarVersion.objects.select_related("calendar").in_bulk(
        {log[0].timer.calendar_version_id for log in logs}
    )
    return [_receipt(log, versions, now=now) for log in logs]


def receipt_of(timer: SlaTimer, *, now: datetime) -> Receipt:
    """The receipt of one timer, at any time, whether it runs or ended long ago."""
    [log] = logs_in(SlaEvent.objects.filter(timer=timer))
    versions = CalendarVersion.objects.select_related("calendar").in_bulk(
        {timer.calendar_version_id}
    )
    return _receipt(log, versions, now=now)


def _receipt(
    log: list[SlaEvent], versions: Mapping[int, CalendarVersion], *, now: datetime
) -> Receipt:
    clock, now = Clock.read(log), whole_second(now)
    clock.state = looked_at(clock.state, now)
    refresh(clock)
    terms, version = clock.terms.payload, versions[clock.row.calendar_version_id]
    lines = tuple(lines_of(log, now=now))
    return Receipt(
        metric=Metric(clock.metric),
        cycle=clock.row.cycle,
        policy_name=terms["policy_name"],
        target_words=terms["target_words"],
        calendar_name=version.calendar.name,
        calendar_version=version.number,
        zone=version.time_zone,
        started_at=clock.state.started_at,
        counted_seconds=sum(line.seconds for line in lines if not line.is_planned),
        lines=lines,
        standing=standing_of(clock.row, now=now),
    )
