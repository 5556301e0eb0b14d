"""The one way to change what a calendar says: freeze the present facts as a new version.

Holidays, exceptions, zone and region are edited where they stand and take effect when they are
published; weekly hours exist only in versions and are given to `publish_version`.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from helpdesk.calendars.models import Calendar, CalendarVersion, Region
from helpdesk.calendars.versions import weekly_of
from helpdesk.calendars.working_time import (
    DatedHours,
    Holiday,
    Schedule,
    Weekly,
    hours_from_json,
    rules_fingerprint,
    schedule_to_json,
)


class NothingToPublish(ValueError):
    """The calendar has no hours yet; the message is a sentence."""


@transaction.atomic
def publish_version(
    calendar: Calendar, *, by: str, why: str, effective_at: datetime, weekly: Weekly | None = None
) -> CalendarVersion:
    """The version that holds from `effective_at` on: a new one, or the present one if the same.

    `weekly` are the hours from then on; None keeps those that hold then. Hours planned for later
    keep their weeks and get the present holidays and exceptions too. Raises `NothingToPublish`
    for a first version without hours, `ScheduleError` for hours that cannot be meant.
    """
    calendar = Calendar.objects.select_for_update(of=("self",)).get(pk=calendar.pk)
    before = calendar.versions.filter(effective_at__lte=effective_at).latest_first().first()
    planned = list(calendar.versions.planned_after(effective_at))
    if weekly is None:
        if before is None:
            raise NothingToPublish(f"{calendar} has no opening hours yet. Enter them first.")
        weekly = weekly_of(before)
    frozen = _frozen(calendar, weekly=weekly)
    version = _version_saying(
        frozen, calendar=calendar, before=before, by=by, why=why, effective_at=effective_at
    )
    for later in planned:
        _version_saying(
            _frozen(calendar, weekly=weekly_of(later)),
            calendar=calendar,
            before=later,
            by=by,
            why=why,
            effective_at=later.effective_at,
        )
    return version


@transaction.atomic
def publish_region(
    region: Region, *, by: str, why: str, effective_at: datetime
) -> list[CalendarVersion]:
    """The versions of all calendars that observe the holidays of `region`, from then on."""
    observing = region.calendars.filter(observes_holidays=True, versions__isnull=False).distinct()
    return [
        publish_version(calendar, by=by, why=why, effective_at=effective_at)
        for calendar in observing.order_by("pk")
    ]


def publish_new_zone_rules(*, by: str, at: datetime) -> list[CalendarVersion]:
    """New versions for calendars whose zone got other clock changes since they were published."""
    outdated = [
        version
        for version in CalendarVersion.objects.in_force_at(at).select_related("calendar")
        if rules_fingerprint(version.time_zone) != version.zone_rules
    ]
    return [
        publish_version(
            version.calendar,
            by=by,
            why=f"The clock changes of {version.time_zone} were announced anew.",
            effective_at=at,
        )
        for version in outdated
    ]


def _frozen(calendar: Calendar, *, weekly: Weekly) -> dict[str, Any]:
    """What the calendar says now, in the fields of a version."""
    schedule = Schedule(
        zone=calendar.time_zone,
        weekly=weekly,
        holidays=_holidays(calendar),
        exceptions=tuple(
            DatedHours(exception.date, hours_from_json(exception.hours, day=""), exception.reason)
            for exception in calendar.exceptions.order_by("date")
        ),
    )
    form = schedule_to_json(schedule)
    return {
        "time_zone": form.pop("timezone"),
        "zone_rules": rules_fingerprint(schedule.zone),
        **form,
    }


def _holidays(calendar: Calendar) -> tuple[Holiday, ...]:
    if calendar.region is None or not calendar.observes_holidays:
        return ()
    observed = calendar.region.holidays.observed().order_by("date")
    return tuple(Holiday(holiday.date, holiday.name) for holiday in observed)


def _version_saying(
    frozen: dict[str, Any],
    *,
    calendar: Calendar,
    before: CalendarVersion | None,
    by: str,
    why: str,
    effective_at: datetime,
) -> CalendarVersion:
    if before and all(getattr(before, field) == value for field, value in frozen.items()):
        return before
    numbers = calendar.versions.order_by("-number").values_list("number", flat=True)
    return calendar.versions.create(
        number=(numbers.first() or 0) + 1,
        effective_at=effective_at,
        created_by=by,
        why=why,
        **frozen,
    )
