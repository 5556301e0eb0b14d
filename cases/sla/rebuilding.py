"""Folding every log anew and comparing it with the timers: the caches must agree."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cases.models import Case
from cases.sla.case_clocks import refresh_cases
from cases.sla.logbook import CACHED, Clock, logs_in, refresh
from cases.sla.models import SlaEvent, SlaTimer

BATCH = 500
# A timer that a sweep had to put off waits on purpose; its next look is no fold.
_COMPARED = [name for name in CACHED if name not in {"sweep_error"}]


@dataclass(frozen=True, slots=True)
class Difference:
    """A timer whose row is not what its log says, by column: (row, log)."""

    timer: int
    columns: dict[str, tuple[Any, Any]]


def differences(*, fix: bool = False) -> Iterator[Difference]:
    """Every timer that differs from the fold of its events; with `fix` brought back to it.

    Works in batches, each under the locks of its cases, and can run beside everything else.
    """
    last = 0
    while batch := _case_batch(after=last):
        yield from _differences_of(batch, fix=fix)
        last = batch[-1]


def _case_batch(*, after: int) -> list[int]:
    with_timers = SlaTimer.objects.filter(case_id__gt=after).order_by("case_id")
    return list(with_timers.values_list("case_id", flat=True).distinct()[:BATCH])


@transaction.atomic
def _differences_of(case_ids: list[int], *, fix: bool) -> list[Difference]:
    cases = Case.objects.locked(*case_ids)
    found = []
    for log in logs_in(SlaEvent.objects.filter(timer__case__in=case_ids)):
        timer = log[0].timer
        held = _columns(timer)
        refresh(Clock.read(log))
        difference = Difference(timer.pk, _changed(held, _columns(timer)))
        if difference.columns:
            found.append(difference)
            if fix:
                timer.save(update_fields=CACHED)
    if fix and found:
        refresh_cases(cases)
    return found


def _columns(timer: SlaTimer) -> dict[str, Any]:
    columns = {name: getattr(timer, _attribute(name)) for name in _COMPARED}
    if timer.sweep_error:
        del columns["next_action_at"]
    return columns


def _attribute(name: str) -> str:
    """Where the row keeps a column: the id itself for a reference."""
    return f"{name}_id" if name in {"policy", "calendar_version"} else name


def _changed(held: dict[str, Any], folded: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (value, folded[name]) for name, value in held.items() if value != folded[name]}
