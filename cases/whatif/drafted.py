"""The desk as a draft would have it: editions of calendars, and targets of a policy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db.models import Q

from cases.sla.editions import business_day_seconds, edition_of
from cases.sla.models import SlaEvent, SlaTarget
from cases.sla.reckoning import ClockOf, Edition, Event, EventKind, Piece
from cases.whatif.models import Draft
from helpdesk.calendars.models import Calendar, CalendarVersion
from helpdesk.calendars.versions import schedule_of
from helpdesk.calendars.working_time import (
    WEEKDAY_KEYS,
    Holiday,
    Schedule,
    WorkingTime,
    hours_from_json,
)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Drafted:
    """How to read logs as if the draft had held all along.

    `timers` says which timers the draft can touch; `clock_of` and `event_of` stand in for the
    desk's own.
    """

    timers: Q
    clock_of: ClockOf
    event_of: Callable[[SlaEvent], Event]


def drafted(draft: Draft) -> Drafted:
    """The desk as `draft` would have it."""
    if draft.kind == Draft.Kind.POLICY:
        return _with_targets(int(draft.spec["policy"]), draft.spec["targets"])
    if draft.kind == Draft.Kind.HOURS:
        calendars = Calendar.objects.filter(pk=draft.spec["calendar"])
        weekly = tuple(
            hours_from_json(draft.spec["weekly"].get(key, []), day=key) for key in WEEKDAY_KEYS
        )
        return _with_schedules(calendars.values_list("pk", flat=True), weekly=weekly)
    day = Holiday(date.fromisoformat(draft.spec["date"]), draft.spec["name"])
    observing = Calendar.objects.filter(region=draft.spec["region"], observes_holidays=True)
    return _with_schedules(observing.values_list("pk", flat=True), holiday=day)


def _with_schedules(
    calendars: Any, *, weekly: Any = None, holiday: Holiday | None = None
) -> Drafted:
    ids = frozenset(calendars)

    @cache
    def clock_of(version_id: int) -> Edition:
        version = CalendarVersion.objects.get(pk=version_id)
        if version.calendar_id not in ids:
            return edition_of(version_id)
        newest = CalendarVersion.objects.filter(calendar=version.calendar_id).latest("number")
        return Edition([_piece(newest, weekly=weekly, holiday=holiday)])

    return Drafted(Q(calendar_version__calendar__in=ids), clock_of, SlaEvent.as_event)


def _piece(version: CalendarVersion, *, weekly: Any, holiday: Holiday | None) -> Piece:
    schedule: Schedule = schedule_of(version)
    if weekly is not None:
        schedule = replace(schedule, weekly=weekly)
    if holiday is not None and all(held.date != holiday.date for held in schedule.holidays):
        schedule = replace(schedule, holidays=(*schedule.holidays, holiday))
    working_time = WorkingTime(schedule)
    return Piece(version.number, LONG_AGO, lambda: working_time)


def _with_targets(policy: int, targets: Mapping[str, Any]) -> Drafted:
    """`targets` gives {amount, unit} by metric; a metric that it leaves out keeps its own."""

    def event_of(stored: SlaEvent) -> Event:
        event = stored.as_event()
        target = targets.get(stored.timer.metric)
        is_terms = event.kind in {EventKind.START, EventKind.RETARGET}
        if target is None or not is_terms or event.policy != policy:
            return event
        return replace(event, target_seconds=_seconds(target, event))

    return Drafted(Q(policy=policy), edition_of, event_of)


def _seconds(target: Mapping[str, Any], event: Event) -> int:
    amount = int(target["amount"])
    match target["unit"]:
        case SlaTarget.Unit.MINUTES:
            return amount * 60
        case SlaTarget.Unit.HOURS:
            return amount * 3_600
    weekly = edition_of(event.calendar).working_time_at(event.at).schedule.weekly
    return amount * business_day_seconds(weekly)
