"""What a sweep costs with 100 timers due, whether 1,000 cases are open or 1,000,000.

    .venv/bin/python bench/on_a_desk.py bench/sla_sweep.py

Every open case has a running timer with its log. The figures to reach (performance, row 14): to
find what is due in 5 ms a tick, aim 2 ms, not growing.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import django
from django.db import connection

django.setup()

from cases.models import Case  # noqa: E402
from cases.sla import replanning, sweeping  # noqa: E402
from cases.sla.models import SlaNotice, SlaPolicy, SlaTimer  # noqa: E402
from helpdesk.calendars.models import Calendar  # noqa: E402
from helpdesk.calendars.publishing import publish_version  # noqa: E402
from helpdesk.people.models import Person  # noqa: E402

SIZES = (1_000, 10_000, 100_000, 1_000_000)
DUE = 100
RUNS = 5
NOW = datetime(2026, 5, 12, 2, tzinfo=UTC)
HALF = timedelta(hours=4)
MINUTE = timedelta(minutes=1)


def main() -> None:
    person = Person.objects.create_user("bench", "bench@desk.example")
    version = _round_the_clock()
    policy = SlaPolicy.objects.create(name="Bench", priority="medium")
    print("milliseconds; the last column is the processor time of the sweep in its own process")
    print(
        f"{'open':>10}{'nothing due':>14}{'re-plan':>10}{'find due':>10}{'100 due':>10}{'CPU':>8}"
    )
    count, run = 0, 0
    for size in SIZES:
        _fill(size - count, person.pk, policy.pk, version, started=NOW)
        count = size
        _settle()
        idle = _median(lambda: sweeping.sweep(now=NOW), times=30)
        plan = _median(lambda: replanning.replan_outdated(now=NOW), times=30)
        finds, sweeps, used = [], [], []
        for _ in range(RUNS):
            run += 1
            now = NOW + run * MINUTE
            _make_due(run, now)
            finds.append(_median(lambda now=now: _found(now), times=20))  # type: ignore[misc]
            begin = time.process_time()
            sweeps.append(_timed(lambda now=now: _swept(now)))  # type: ignore[misc]
            used.append((time.process_time() - begin) * 1e3)
        find, sweep, cpu = (statistics.median(times) for times in (finds, sweeps, used))
        print(f"{size:>10,}{idle:>14.2f}{plan:>10.2f}{find:>10.2f}{sweep:>10.1f}{cpu:>8.1f}")
    assert SlaNotice.objects.count() == DUE * RUNS * len(SIZES)


def _round_the_clock() -> int:
    calendar = Calendar.objects.create(
        slug="office", name="Always", time_zone="Australia/Melbourne", observes_holidays=False
    )
    long_ago = NOW - timedelta(days=400)
    week = (((0, 1440),),) * 7
    return publish_version(calendar, by="bench", why="bench", effective_at=long_ago, weekly=week).pk


def _fill(count: int, person: int, policy: int, version: int, *, started: datetime) -> None:
    """Open cases with a timer of eight hours each, written by the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(_CASES, {"count": count, "person": person, "at": started})
        cursor.execute(_TIMERS, {"policy": policy, "version": version, "at": started})
        cursor.execute(_EVENTS)


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE cases_case, sla_slatimer, sla_slaevent, sla_slanotice")


def _make_due(run: int, now: datetime) -> None:
    """Start 100 timers that were never due so that half of their time is over at `now`."""
    with connection.cursor() as cursor:
        cursor.execute(_RESTART, {"started": now - HALF, "count": DUE, "half": "4 hours"})


def _found(now: datetime) -> None:
    due = SlaTimer.objects.due_for_a_look(now).values_list("pk", flat=True)[: sweeping.BATCH]
    assert len(due) == sweeping.BATCH


def _swept(now: datetime) -> None:
    done = sweeping.sweep(now=now)
    assert (done.looked_at, done.told, done.put_off) == (DUE, DUE, 0), done


def _median(work: Callable[[], object], *, times: int) -> float:
    return statistics.median(_timed(work) for _ in range(times))


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1e3


_CASES = f"""
    INSERT INTO {Case._meta.db_table} (subject, type, priority, characteristics, url, channel,
        state, client_id, version, created_at, updated_at, last_message_at, last_message_by,
        last_message_is_ours, message_count, next_due_at, next_due_metric, has_missed)
    SELECT 'Bench', 'question', 'medium', '[]', '', 'portal', 'open', %(person)s, 1, %(at)s, %(at)s,
        %(at)s, 'Bench', false, 1, %(at)s::timestamptz + interval '8 hours', 'first_response', false
    FROM generate_series(1, %(count)s)
"""  # noqa: S608 (the table's own name)
_TIMERS = """
    INSERT INTO sla_slatimer (case_id, metric, cycle, policy_id, calendar_version_id,
        target_seconds, consumed_seconds, as_of, due_at, next_action_at, announced_percent, state,
        started_at, sweep_error)
    SELECT id, 'first_response', 1, %(policy)s, %(version)s, 28800, 0, %(at)s,
        %(at)s::timestamptz + interval '8 hours', %(at)s::timestamptz + interval '4 hours', 0,
        'running', %(at)s, ''
    FROM cases_case WHERE id > (SELECT coalesce(max(case_id), 0) FROM sla_slatimer)
"""
_EVENTS = """
    INSERT INTO sla_slaevent (timer_id, kind, occurred_at, actor_label, payload)
    SELECT id, 'start', started_at, 'Bench', jsonb_build_object(
        'policy', policy_id, 'policy_name', 'Bench', 'target_seconds', target_seconds,
        'target_words', '8 hours', 'calendar', 0, 'calendar_version', calendar_version_id)
    FROM sla_slatimer WHERE id > (SELECT coalesce(max(timer_id), 0) FROM sla_slaevent)
"""
_RESTART = """
    WITH chosen AS (
        SELECT id FROM sla_slatimer WHERE announced_percent = 0 AND id > (
            SELECT min(id) + (random() * (max(id) - min(id) - 1000))::bigint FROM sla_slatimer
        ) ORDER BY id LIMIT %(count)s
    ), gone AS (
        DELETE FROM sla_slaevent WHERE timer_id IN (SELECT id FROM chosen)
        RETURNING timer_id, payload
    ), again AS (
        INSERT INTO sla_slaevent (timer_id, kind, occurred_at, actor_label, payload)
        SELECT timer_id, 'start', %(started)s, 'Bench', payload FROM gone
    )
    UPDATE sla_slatimer SET started_at = %(started)s, as_of = %(started)s,
        due_at = %(started)s::timestamptz + %(half)s::interval * 2,
        next_action_at = %(started)s::timestamptz + %(half)s::interval
    WHERE id IN (SELECT id FROM chosen)
"""

if __name__ == "__main__":
    main()
