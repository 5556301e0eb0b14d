"""The sweep: warnings and misses, each recorded exactly once, by any number of workers.

Locks are taken in the order of the doors: the case, then its timers. A sweep never waits for
a case, it skips the locked ones until the next tick, so it can be part of no deadlock. Under
the lock the logs are read again, since the claim may have seen an older state. The unique
constraint on notices holds whatever else goes wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction

from cases import kinds
from cases.models import Case
from cases.sla import replanning
from cases.sla.case_clocks import refresh_cases
from cases.sla.editions import edition_of
from cases.sla.logbook import Clock, logs_in, write
from cases.sla.metrics import Metric
from cases.sla.models import SlaEvent, SlaNotice, SlaTimer
from cases.sla.reckoning import BREACH, looked_at, thresholds_passed, whole_second
from cases.sla.replanning import Newer
from cases.sla.words import due_words
from helpdesk.journal import writing as journal
from helpdesk.people.actors import SYSTEM

log = structlog.get_logger(__name__)

BATCH = 50
"""A door that wants a case of a batch waits for the whole batch: about a fifth of a second."""
MOST_BATCHES = 400
PUT_OFF = timedelta(minutes=5)

_KINDS = {
    50: SlaNotice.Kind.WARN50,
    75: SlaNotice.Kind.WARN75,
    90: SlaNotice.Kind.WARN90,
    BREACH: SlaNotice.Kind.BREACH,
}


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did."""

    looked_at: int = 0
    told: int = 0
    put_off: int = 0


def sweep(*, now: datetime) -> Swept:
    """Attend to every timer whose next threshold has come, oldest first, in batches.

    `now` is the database's (`sla.md` part 5, Clock). What is left after the last batch is
    found by the next tick.
    """
    done, now = Swept(), whole_second(now)
    for _ in range(MOST_BATCHES):
        batch = _sweep_batch(now)
        if batch is None:
            break
        done = Swept(
            done.looked_at + batch.looked_at, done.told + batch.told, done.put_off + batch.put_off
        )
    return done


@transaction.atomic
def _sweep_batch(now: datetime) -> Swept | None:
    """Claim, attend and commit once; None when nothing is left that nobody else holds."""
    claimed = list(
        SlaTimer.objects.due_for_a_look(now)
        .select_related("case")
        .select_for_update(of=("case",), skip_locked=True)[:BATCH]
    )
    if not claimed:
        return None
    cases = {timer.pk: timer.case for timer in claimed}
    order = {timer.pk: place for place, timer in enumerate(claimed)}
    due = SlaEvent.objects.filter(timer__in=list(cases), timer__next_action_at__lte=now)
    logs = sorted(logs_in(due), key=lambda events: order[events[0].timer_id])
    newer = replanning.newer_versions({events[0].timer.calendar_version_id for events in logs})
    told = [_attend_or_put_off(events, cases, newer, now) for events in logs]
    return Swept(len(told), told.count(True), told.count(None))


def _attend_or_put_off(
    events: list[SlaEvent], cases: Mapping[int, Case], newer: Mapping[int, Newer], now: datetime
) -> bool | None:
    """Whether something was told; None when this timer failed, and waits while the others go on."""
    timer = events[0].timer
    try:
        with transaction.atomic():
            return _attend(Clock.read(events), cases[timer.pk], newer, now)
    except Exception as error:
        log.exception("sla.timer_put_off", timer=timer.pk)
        SlaTimer.objects.filter(pk=timer.pk).update(
            next_action_at=now + PUT_OFF, sweep_error=f"{type(error).__name__}: {error}"[:2000]
        )
        return None


def _attend(clock: Clock, case: Case, newer: Mapping[int, Newer], now: datetime) -> bool:
    """Re-plan if the calendar has moved on, then record what has passed."""
    version = newer.get(clock.row.calendar_version_id)
    if version is not None:
        replanning.replan(clock, version, now=now)
        replanning.tell_moved([clock], {case.pk: case}, now=now)
    clock.state = looked_at(clock.state, now)
    edition = edition_of(clock.state.calendar)
    announced = clock.row.announced_percent
    passed = thresholds_passed(clock.state, edition, announced=announced, now=now)
    is_told = bool(passed) and _record(clock, case, passed, now)
    clock.row.announced_percent = max([announced, *passed])
    write([clock], by=SYSTEM, at=now, why=replanning.WHY_TAKEN_BACK)
    if version is not None:
        refresh_cases([case])
    if clock.row.next_action_at is not None and clock.row.next_action_at <= now:
        raise RuntimeError("The timer is still due after it was attended to.")
    return is_told


def _record(clock: Clock, case: Case, passed: list[int], now: datetime) -> bool:
    """Store a notice for each threshold; tell the highest, if it was not stored before."""
    due_at = clock.state.breached_at or clock.state.due_at
    if due_at is None:
        return False
    highest = passed[-1]
    kinds_passed = [_KINDS[percent].value for percent in passed]
    superseded = [percent != highest for percent in passed]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_NOTICES, [clock.row.pk, due_at, now, kinds_passed, superseded])
        stored = {kind for (kind,) in cursor.fetchall()}
    if highest == BREACH:
        Case.objects.filter(pk=case.pk, has_missed=False).update(has_missed=True)
    if _KINDS[highest].value not in stored:
        return False
    _tell(clock, case, highest, due_at, now)
    return True


_INSERT_NOTICES = f"""
    INSERT INTO {SlaNotice._meta.db_table}
        (timer_id, kind, due_at, detected_at, is_superseded, voided_by, voided_why)
    SELECT %s, kind, %s, %s, is_superseded, '', ''
    FROM unnest(%s::text[], %s::bool[]) AS passed (kind, is_superseded)
    ON CONFLICT DO NOTHING
    RETURNING kind
"""  # noqa: S608 (the table's own name)


def _tell(clock: Clock, case: Case, percent: int, due_at: datetime, now: datetime) -> None:
    """News from which mails and live screens follow."""
    zone = edition_of(clock.state.calendar).working_time_at(due_at).schedule.zone
    journal.write(
        kinds.BREACHED if percent == BREACH else kinds.WARNED,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=SYSTEM,
        at=now,
        data={
            "timer": clock.row.pk,
            "metric": Metric(clock.metric).words,
            "percent": percent,
            "due": due_words(due_at, now=now, zone=zone),
            "due_at": due_at.isoformat(),
        },
    )
