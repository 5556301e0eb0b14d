"""What a case is promised: the policy that fits it best, and its targets in working seconds."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from cases.lifecycle import State
from cases.models import Case, CaseType
from cases.sla.editions import business_day_seconds, edition_of
from cases.sla.fitting import FittingTarget, fitting_targets
from cases.sla.metrics import Metric, is_paused_in
from cases.sla.models import SlaTarget

log = structlog.get_logger(__name__)

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One promise before it starts: a metric, its target, and the calendar it is counted on."""

    metric: Metric
    policy_id: int
    policy_name: str
    target_seconds: int
    target_words: str
    calendar_id: int
    calendar_version_id: int
    zone: str
    pauses_while_waiting: bool
    pauses_on_hold: bool

    def is_paused_in(self, state: State) -> bool:
        return is_paused_in(
            state,
            self.metric,
            pauses_while_waiting=self.pauses_while_waiting,
            pauses_on_hold=self.pauses_on_hold,
        )

    def due_at(self, start: datetime) -> datetime | None:
        """When it would be due if it started then; None if its calendar never opens for it."""
        return edition_of(self.calendar_version_id).add(start, self.target_seconds)


Plans = Mapping[Metric, Plan]


def plans_for(case: Case, *, at: datetime) -> Plans:
    """What `case` is promised as it stands, by metric. One query once calendars are known."""
    by_priority = plans_by_priority(
        [case.priority], organisation_id=case.organisation_id, type=case.type, at=at
    )
    return by_priority.get(case.priority, {})


def plans_by_priority(
    priorities: Collection[str],
    *,
    organisation_id: int | None,
    at: datetime,
    type: str = CaseType.QUESTION,  # noqa: A002
) -> dict[str, Plans]:
    """What a case of each priority would be promised at `at`; nothing where no policy fits.

    The best policy alone decides: one without a target for a metric promises none.
    """
    targets = fitting_targets(priorities, organisation_id=organisation_id, type=type, at=at)
    best: dict[str, tuple[Any, ...]] = {}
    for target in targets:
        best[target.priority] = min(best.get(target.priority, target.rank), target.rank)
    chosen: dict[str, dict[Metric, Plan]] = defaultdict(dict)
    for target in targets:
        if target.metric and target.rank == best[target.priority]:
            plan = _plan(target, Metric(target.metric), at=at)
            if plan is not None:
                chosen[target.priority][plan.metric] = plan
    return dict(chosen)


def _plan(target: FittingTarget, metric: Metric, *, at: datetime) -> Plan | None:
    if target.version_id is None:
        log.warning("sla.target_without_calendar", policy=target.policy_name)
        return None
    schedule = edition_of(target.version_id).working_time_at(at).schedule
    day_seconds = business_day_seconds(schedule.weekly)
    amount, unit = target.amount, target.unit
    return Plan(
        metric=metric,
        policy_id=target.policy_id,
        policy_name=target.policy_name,
        target_seconds=amount * _unit_seconds(unit, day_seconds=day_seconds),
        target_words=_target_words(amount, unit, is_round_the_clock=day_seconds == _DAY),
        calendar_id=target.calendar_id,
        calendar_version_id=target.version_id,
        zone=schedule.zone,
        pauses_while_waiting=target.pauses_while_waiting,
        pauses_on_hold=target.pauses_on_hold,
    )


def _unit_seconds(unit: str, *, day_seconds: int) -> int:
    match unit:
        case SlaTarget.Unit.MINUTES:
            return _MINUTE
        case SlaTarget.Unit.HOURS:
            return _HOUR
        case _:
            return day_seconds


def _target_words(amount: int, unit: str, *, is_round_the_clock: bool) -> str:
    """Such as "4 business hours", "1 business day", "2 hours, round the clock"."""
    noun = {"minutes": "minute", "hours": "hour"}.get(unit, "day")
    if amount != 1:
        noun += "s"
    if is_round_the_clock:
        return f"{amount} {noun}, round the clock"
    return f"{amount} business {noun}"
