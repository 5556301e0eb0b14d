"""What would be promised, before a case exists: the words beside each priority in the form."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from cases.models import CaseType, Priority
from cases.sla.metrics import Metric
from cases.sla.plans import Plan, plans_by_priority
from cases.sla.reckoning import whole_second
from cases.sla.standing import promise_words
from cases.sla.words import time_words
from helpdesk.calendars.working_time import zone_named
from helpdesk.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Promise:
    """The first response to a case that would be opened now."""

    due_at: datetime
    zone: str
    target_words: str
    sentence: str


def promise_for(
    organisation: Organisation | None,
    priority: str,
    *,
    now: datetime,
    zone: tzinfo | None = None,
    type: str = CaseType.QUESTION,  # noqa: A002
) -> Promise | None:
    """The promise for one priority, or None where nothing is promised."""
    return promises_for(organisation, now=now, zone=zone, type=type).get(priority)


def promises_for(
    organisation: Organisation | None,
    *,
    now: datetime,
    zone: tzinfo | None = None,
    type: str = CaseType.QUESTION,  # noqa: A002
) -> dict[str, Promise]:
    """The promise for each priority that has one, in one query.

    Times are told in `zone` (the reader's), else in the organisation's, else in the calendar's.
    """
    now = whole_second(now)
    by_priority = plans_by_priority(
        Priority.values,
        organisation_id=None if organisation is None else organisation.pk,
        type=type,
        at=now,
    )
    reader_zone = zone or _zone_of(organisation)
    promises = {}
    for priority, plans in by_priority.items():
        plan = plans.get(Metric.FIRST_RESPONSE)
        promise = None if plan is None else _promise(plan, now=now, zone=reader_zone)
        if promise is not None:
            promises[priority] = promise
    return promises


def _promise(plan: Plan, *, now: datetime, zone: tzinfo | None) -> Promise | None:
    due_at = plan.due_at(now)
    if due_at is None:
        return None
    when = time_words(due_at, now=now, zone=zone or zone_named(plan.zone))
    sentence = promise_words(Metric.FIRST_RESPONSE, when)
    return Promise(due_at, plan.zone, plan.target_words, sentence)


def _zone_of(organisation: Organisation | None) -> tzinfo | None:
    if organisation is None:
        return None
    return zone_named(organisation.time_zone or organisation.region.time_zone)
