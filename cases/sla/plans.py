"""What a case is promised: the policy that fits it best, and its targets in working seconds."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cases.lifecycle import State
from cases.models import Case, CaseType
from cases.sla.editions import business_day_seconds, edition_of
from cases.sla.metrics import Metric, is_paused_in
from cases.sla.models import SlaPolicy, SlaTarget
from cases.sla.querysets import region_of
from helpdesk.calendars.models import Calendar, CalendarVersion

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
    rows = _rows(priorities, organisation_id=organisation_id, type=type)
    best: dict[str, tuple[Any, ...]] = {}
    for row in rows:
        best[row["priority"]] = min(best.get(row["priority"], _rank(row)), _rank(row))
    chosen: dict[str, dict[Metric, Plan]] = defaultdict(dict)
    for row in rows:
        if row["targets__metric"] and _rank(row) == best[row["priority"]]:
            plan = _plan(row, at=at)
            if plan is not None:
                chosen[row["priority"]][plan.metric] = plan
    return dict(chosen)


def _rows(
    priorities: Collection[str],
    *,
    organisation_id: int | None,
    type: str,  # noqa: A002
) -> list[dict[str, Any]]:
    """Policies that fit, each with its targets, their calendar and its newest version.

    The calendar is the target's, else the policy's, else that of the client's region, else the
    office's (`sla.md` rule 3.6).
    """
    regional = Calendar.objects.filter(
        purpose=Calendar.Purpose.OFFICE, region__in=region_of(organisation_id)
    )
    office = Calendar.objects.filter(slug=settings.OFFICE_CALENDAR)
    newest = CalendarVersion.objects.filter(calendar=OuterRef("chosen")).order_by("-number")
    rows: QuerySet[SlaPolicy, Any] = (
        SlaPolicy.objects.active()
        .fitting(organisation_id=organisation_id, type=type)
        .filter(priority__in=priorities)
        .annotate(
            chosen=Coalesce(
                "targets__calendar",
                "calendar",
                Subquery(regional.order_by("pk").values("pk")[:1]),
                Subquery(office.values("pk")[:1]),
            )
        )
        .annotate(version=Subquery(newest.values("pk")[:1]))
        .values(
            "pk",
            "name",
            "priority",
            "organisation",
            "type",
            "region",
            "position",
            "pauses_while_waiting",
            "pauses_on_hold",
            "targets__metric",
            "targets__amount",
            "targets__unit",
            "chosen",
            "version",
        )
    )
    return list(rows)


def _rank(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Lowest first: the organisation's own policy, then the type's, then the region's."""
    return (
        row["organisation"] is None,
        not row["type"],
        row["region"] is None,
        row["position"],
        row["pk"],
    )


def _plan(row: Mapping[str, Any], *, at: datetime) -> Plan | None:
    if row["version"] is None:
        log.warning("sla.target_without_calendar", policy=row["name"])
        return None
    schedule = edition_of(row["version"]).working_time_at(at).schedule
    day_seconds = business_day_seconds(schedule.weekly)
    amount, unit = row["targets__amount"], row["targets__unit"]
    return Plan(
        metric=Metric(row["targets__metric"]),
        policy_id=row["pk"],
        policy_name=row["name"],
        target_seconds=amount * _unit_seconds(unit, day_seconds=day_seconds),
        target_words=_target_words(amount, unit, is_round_the_clock=day_seconds == _DAY),
        calendar_id=row["chosen"],
        calendar_version_id=row["version"],
        zone=schedule.zone,
        pauses_while_waiting=row["pauses_while_waiting"],
        pauses_on_hold=row["pauses_on_hold"],
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
