"""Open timers follow their calendar: what ran stays counted as it was, the rest is planned anew."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import F, Max, Min
from django.db.models.functions import Greatest

from cases import kinds
from cases.models import Case
from cases.sla.case_clocks import refresh_cases
from cases.sla.editions import edition_of
from cases.sla.logbook import Clock, logs_in, write
from cases.sla.metrics import Metric
from cases.sla.models import SlaEvent, SlaTimer
from cases.sla.querysets import superseded_versions
from cases.sla.reckoning import EventKind, looked_at, whole_second
from cases.sla.words import due_words
from helpdesk.calendars.models import CalendarVersion
from helpdesk.journal import writing as journal
from helpdesk.people.actors import SYSTEM, Actor

log = structlog.get_logger(__name__)

BATCH = 200
WHY_TAKEN_BACK = "The calendar had changed before the time was up."


@dataclass(frozen=True, slots=True)
class Newer:
    """What followed a version: the newest one, and since when anything is different."""

    version: CalendarVersion
    since: datetime


def replan_outdated(*, now: datetime) -> int:
    """Re-plan every open timer whose calendar has a newer version; return how many.

    Safe to run twice and at once: a timer that is on the newest version is not outdated, and a
    case that somebody else holds is left to the next tick.
    """
    superseded = list(superseded_versions().values_list("pk", flat=True))
    last, count, now = 0, 0, whole_second(now)
    while superseded:
        batch = _replan_batch(superseded, after=last, now=now)
        if batch is None:
            break
        last, count = batch[0], count + batch[1]
    return count


def newer_versions(versions: Collection[int]) -> dict[int, Newer]:
    """What followed each of these versions (by id); nothing for those that are the newest.

    An edit takes effect when it says, and never before it was published: the past is only
    recounted on purpose (`recounting.py`).
    """
    followed = (
        CalendarVersion.objects.filter(
            calendar__versions__in=versions, number__gt=F("calendar__versions__number")
        )
        .values("calendar__versions__pk")
        .annotate(newest=Max("pk"), since=Min(Greatest("effective_at", "created_at")))
        .values_list("calendar__versions__pk", "newest", "since")
    )
    rows = list(followed)
    by_pk = CalendarVersion.objects.in_bulk([newest for _, newest, _ in rows])
    return {old: Newer(by_pk[newest], since) for old, newest, since in rows}


def replan(clock: Clock, newer: Newer, *, now: datetime) -> None:
    """Put one clock on the newest version of its calendar, from when that differs."""
    clock.note(
        EventKind.RECALENDAR,
        at=max(whole_second(min(newer.since, now)), clock.state.started_at),
        by=Actor(None, newer.version.created_by),
        calendar_version=newer.version.pk,
        why=newer.version.why,
    )
    clock.state = looked_at(clock.state, now)


def tell_moved(clocks: Iterable[Clock], cases: Mapping[int, Case], *, now: datetime) -> None:
    """Say on each case whose due time moved, and why. Clocks that are not stored yet."""
    for clock in clocks:
        before = clock.row.due_at or clock.row.promised_at
        after = clock.state.due_at or clock.state.promised_at
        if before is None or after is None or before == after:
            continue
        case = cases[clock.row.case_id]
        reason = clock.log[-1]
        zone = edition_of(clock.state.calendar).working_time_at(after).schedule.zone
        journal.write(
            kinds.REPLANNED,
            subject_kind=kinds.SUBJECT,
            subject_id=case.pk,
            organisation_id=case.organisation_id,
            by=Actor(None, reason.actor_label),
            at=now,
            data={
                "timer": clock.row.pk,
                "metric": Metric(clock.metric).words,
                "before": due_words(before, now=now, zone=zone),
                "before_at": before.isoformat(),
                "due": due_words(after, now=now, zone=zone),
                "due_at": after.isoformat(),
                "reason": reason.why,
            },
        )


@transaction.atomic
def _replan_batch(superseded: list[int], *, after: int, now: datetime) -> tuple[int, int] | None:
    """The last timer of the batch and how many were re-planned; None when none is left."""
    claimed = list(
        SlaTimer.objects.open()
        .filter(calendar_version__in=superseded, pk__gt=after)
        .select_related("case")
        .select_for_update(of=("case",), skip_locked=True)
        .order_by("pk")[:BATCH]
    )
    if not claimed:
        return None
    cases = {timer.case_id: timer.case for timer in claimed}
    fresh = SlaTimer.objects.open().filter(pk__in=[t.pk for t in claimed])
    clocks = _replanned(logs_in(SlaEvent.objects.filter(timer__in=fresh)), now=now)
    tell_moved(clocks, cases, now=now)
    write(clocks, by=SYSTEM, at=now, why=WHY_TAKEN_BACK)
    refresh_cases(cases.values())
    return claimed[-1].pk, len(clocks)


def _replanned(logs: list[list[SlaEvent]], *, now: datetime) -> list[Clock]:
    """One log that cannot be read does not keep the others from being re-planned."""
    newer = newer_versions({events[0].timer.calendar_version_id for events in logs})
    clocks = []
    for events in logs:
        timer = events[0].timer
        if timer.calendar_version_id not in newer:
            continue
        try:
            clock = Clock.read(events)
            replan(clock, newer[timer.calendar_version_id], now=now)
        except Exception:
            log.exception("sla.timer_not_replanned", timer=timer.pk)
        else:
            clocks.append(clock)
    return clocks
