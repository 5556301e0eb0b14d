"""Replaying the last 90 days and every open promise, batch by batch. Only reads the desk."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from cases.sla.editions import edition_of
from cases.sla.logbook import logs_in
from cases.sla.models import OPEN, SlaEvent, SlaTimer
from cases.sla.reckoning import TimerState, fold
from cases.whatif.drafted import Drafted, drafted
from cases.whatif.models import Difference, Draft

log = structlog.get_logger(__name__)

DAYS = 90
BATCH = 500
MOST_KEPT = 10_000


def replay_some(*, seconds: float) -> int:
    """Go on with every draft that is being replayed, for about `seconds`; return how many logs.

    A batch and how far it got are one short transaction on the draft's own rows, so that nothing
    else on the desk waits, and two workers never do the same batch.
    """
    until, count = time.monotonic() + seconds, 0
    running = Draft.objects.filter(state=Draft.State.RUNNING).order_by("pk")
    for pk in list(running.values_list("pk", flat=True)):
        try:
            while time.monotonic() < until and (done := _replay_batch(pk)) is not None:
                count += done
        except Exception as error:
            log.exception("whatif.failed", draft=pk)
            Draft.objects.filter(pk=pk).update(
                state=Draft.State.FAILED, error=f"{type(error).__name__}: {error}"[:2000]
            )
    return count


@transaction.atomic
def _replay_batch(pk: int) -> int | None:
    """Replay the next logs; None when there are none or another worker has the draft."""
    draft = (
        Draft.objects.select_for_update(skip_locked=True)
        .filter(pk=pk, state=Draft.State.RUNNING)
        .first()
    )
    if draft is None:
        return None
    change = drafted(draft)
    since = draft.now - timedelta(days=DAYS)
    recent = Q(state__in=OPEN) | Q(stopped_at__gt=since)
    left = Q(pk__gt=draft.last_timer, pk__lte=draft.highest_timer)
    timers = SlaTimer.objects.filter(change.timers, recent, left).order_by("pk")
    batch = list(timers.values_list("pk", flat=True)[:BATCH])
    if not batch:
        Draft.objects.filter(pk=pk).update(state=Draft.State.DONE, ended_at=timezone.now())
        return None
    found = list(_differences(draft, change, batch))
    kept = draft.gained + draft.lost + draft.moved
    Difference.objects.bulk_create(found[: max(MOST_KEPT - kept, 0)])
    counts = Counter(difference.effect for difference in found)
    Draft.objects.filter(pk=pk).update(
        last_timer=batch[-1],
        replayed=F("replayed") + len(batch),
        gained=F("gained") + counts["gained"],
        lost=F("lost") + counts["lost"],
        moved=F("moved") + counts["moved"],
    )
    return len(batch)


def _differences(draft: Draft, change: Drafted, timers: list[int]) -> Iterator[Difference]:
    for events in logs_in(SlaEvent.objects.filter(timer__in=timers)):
        timer = events[0].timer
        before = fold([event.as_event() for event in events], edition_of, until=draft.now)
        after = fold([change.event_of(event) for event in events], change.clock_of, until=draft.now)
        due_before, due_after = _due(before), _due(after)
        effect = _effect(before.is_missed, after.is_missed, due_before == due_after)
        if effect is not None:
            yield Difference(
                draft=draft,
                case_id=timer.case_id,
                metric=timer.metric,
                effect=effect,
                due_before=due_before,
                due_after=due_after,
            )


def _due(state: TimerState) -> datetime | None:
    return state.breached_at or state.due_at or state.promised_at


def _effect(was_missed: bool, is_missed: bool, is_same: bool) -> Difference.Effect | None:
    if is_missed and not was_missed:
        return Difference.Effect.GAINED
    if was_missed and not is_missed:
        return Difference.Effect.LOST
    return None if is_same else Difference.Effect.MOVED
