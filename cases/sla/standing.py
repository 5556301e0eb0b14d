"""How a promise stands: the one place that works it out, for list, page, API and report.

Only the timer's row is needed, so a page of cases costs one query.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from cases.models import Case
from cases.sla.editions import edition_of
from cases.sla.metrics import RESPONSES, Metric
from cases.sla.models import SlaTimer
from cases.sla.reckoning import Edition, RunState, percent_of, whole_second
from cases.sla.words import date_words, due_words, time_words, working_words
from helpdesk.people.zones import zone_of

SOON_PERCENT = 75


class Ring(StrEnum):
    """The states of a promise as the ring of the design language draws them."""

    RUNNING = "running"
    SOON = "soon"
    PAUSED = "paused"
    MISSED = "missed"
    MET = "met"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Standing:
    """One promise at one moment.

    `due_at` is the instant that counts: the running one, or the one that held at the end.
    `remaining_seconds` is working time, negative by how much it is late; `zone` is the
    calendar's. The words come in three lengths, for agents, for a list row and for the client,
    as of `told_at`, in the zone of the reader or else the calendar's.
    """

    case_id: int
    metric: Metric
    ring: Ring
    is_open: bool
    percent: int
    consumed_seconds: int
    target_seconds: int
    remaining_seconds: int
    due_at: datetime | None
    zone: str
    told_at: datetime
    readers_zone: tzinfo | None

    @property
    def metric_label(self) -> str:
        return str(self.metric.label)

    @property
    def share(self) -> float:
        """Of the target, from 0 to 1."""
        return min(self.percent, 100) / 100

    @property
    def words(self) -> str:
        due = self._due
        match self.ring:
            case Ring.MISSED:
                return f"was due {due}, {self.short_words}"
            case Ring.RUNNING | Ring.SOON:
                return f"due {due}, {self.short_words}"
            case Ring.MET:
                return f"met, was due {due}" if due else "met"
            case _:
                return self.short_words

    @property
    def short_words(self) -> str:
        match self.ring:
            case Ring.MISSED:
                late = working_words(-self.remaining_seconds) if self.remaining_seconds < 0 else ""
                return f"missed by {late}" if late else "missed"
            case Ring.RUNNING | Ring.SOON:
                return f"{working_words(self.remaining_seconds)} left"
            case Ring.PAUSED:
                return f"paused, {working_words(max(self.remaining_seconds, 0))} left"
            case Ring.MET:
                return "met"
            case Ring.NONE:
                return "not counted"

    @property
    def client_words(self) -> str:
        due = self._due
        match self.ring:
            case Ring.MISSED if self.is_open:
                return f"We promised this by {due} and are late. We are still on it."
            case Ring.MISSED:
                return f"We promised this by {due} and were late."
            case Ring.RUNNING | Ring.SOON:
                return promise_words(self.metric, due)
            case Ring.PAUSED:
                return "Our clock rests until you answer."
            case Ring.MET:
                return "We kept our promise."
            case Ring.NONE:
                return ""

    @property
    def _due(self) -> str:
        if self.due_at is None:
            return ""
        if self.readers_zone is None:
            return due_words(self.due_at, now=self.told_at, zone=self.zone)
        return time_words(self.due_at, now=self.told_at, zone=self.readers_zone)


def standings_for(
    cases: Iterable[Case], *, now: datetime, zone: tzinfo | None = None
) -> dict[int, Standing]:
    """The most pressing open promise of each case by its id, in one query.

    A due time goes before a pause, the earliest first. `zone` is the reader's; without it
    times are told in the calendar's zone.
    """
    ids = [case.pk for case in cases]
    pressing: dict[int, SlaTimer] = {}
    for timer in SlaTimer.objects.open().filter(case__in=ids):
        held = pressing.get(timer.case_id)
        if held is None or _urgency(timer) < _urgency(held):
            pressing[timer.case_id] = timer
    return {pk: standing_of(timer, now=now, zone=zone) for pk, timer in pressing.items()}


def standings_of(case: Case, *, now: datetime, zone: tzinfo | None = None) -> list[Standing]:
    """The last promise of each metric of one case, ended ones too, in the order of the metrics."""
    timers = case.timers.order_by("metric", "-cycle").distinct("metric")
    order = list(Metric)
    return [
        standing_of(timer, now=now, zone=zone)
        for timer in sorted(timers, key=lambda timer: order.index(Metric(timer.metric)))
    ]


def promise_sentence(case: Case) -> str:
    """What the client may expect, for mails: "We answer by ..." in their own time; or nothing."""
    owed = case.timers.open().filter(metric__in=sorted(RESPONSES)).order_by("started_at").first()
    if owed is None or owed.due_at is None:
        return ""
    return promise_words(Metric(owed.metric), date_words(owed.due_at, zone=zone_of(case.client)))


def promise_words(metric: Metric, when: str) -> str:
    """ "We answer by Tue 24 Nov, 10:30 (Melbourne)." """
    return f"{_PROMISES[metric]} by {when}."


def standing_of(timer: SlaTimer, *, now: datetime, zone: tzinfo | None = None) -> Standing:
    """How one timer stands at `now`, whether or not a sweep has seen it yet."""
    now = whole_second(now)
    edition = edition_of(timer.calendar_version_id)
    consumed = _consumed(timer, edition, now)
    due_at = timer.due_at or timer.promised_at or timer.breached_at
    return Standing(
        case_id=timer.case_id,
        metric=Metric(timer.metric),
        ring=_ring(timer, consumed, now),
        is_open=timer.is_open,
        percent=percent_of(consumed, timer.target_seconds),
        consumed_seconds=consumed,
        target_seconds=timer.target_seconds,
        remaining_seconds=timer.target_seconds - consumed,
        due_at=due_at,
        zone=edition.working_time_at(now).schedule.zone,
        told_at=now,
        readers_zone=zone,
    )


_PROMISES = {
    Metric.FIRST_RESPONSE: "We answer",
    Metric.NEXT_RESPONSE: "We answer",
    Metric.UPDATE: "You hear from us again",
    Metric.RESOLUTION: "We plan to have this solved",
}


def _ring(timer: SlaTimer, consumed: int, now: datetime) -> Ring:
    if timer.is_missed or (timer.due_at is not None and timer.due_at < now):
        return Ring.MISSED
    match timer.state:
        case RunState.STOPPED:
            return Ring.MET
        case RunState.CANCELLED:
            return Ring.NONE
        case RunState.PAUSED:
            return Ring.PAUSED
    is_soon = percent_of(consumed, timer.target_seconds) >= SOON_PERCENT
    return Ring.SOON if is_soon else Ring.RUNNING


def _consumed(timer: SlaTimer, edition: Edition, now: datetime) -> int:
    if timer.state != RunState.RUNNING:
        return timer.consumed_seconds
    return timer.consumed_seconds + edition.elapsed(timer.as_of, now)


def _urgency(timer: SlaTimer) -> tuple[bool, datetime]:
    return timer.due_at is None, timer.due_at or timer.as_of
