"""From a stored calendar version to its arithmetic."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from helpdesk.calendars.models import Calendar, CalendarVersion
from helpdesk.calendars.working_time import Schedule, Weekly, WorkingTime, schedule_from_json


@lru_cache(maxsize=256)
def working_time_of(version: CalendarVersion) -> WorkingTime:
    """The arithmetic of a saved `version`, kept in this process by the version's id.

    It never goes stale, because a version never changes.
    """
    return WorkingTime(schedule_of(version))


@dataclass(frozen=True)
class Stretch:
    """The time `[start, end)` in which one version of a calendar holds."""

    version: CalendarVersion
    start: datetime
    end: datetime


def stretches(calendar: Calendar, *, start: datetime, end: datetime) -> list[Stretch]:
    """Which version of `calendar` holds when, from `start` to `end`.

    Raises `CalendarVersion.DoesNotExist` for a calendar without any.
    """
    holding = calendar.current_version_at(start)
    later = calendar.versions.planned_after(max(start, holding.effective_at))
    versions = [holding, *later.filter(effective_at__lt=end)]
    starts = [start, *(version.effective_at for version in versions[1:])]
    return [
        Stretch(version, since, until)
        for version, since, until in zip(versions, starts, [*starts[1:], end], strict=True)
    ]


def schedule_of(version: CalendarVersion) -> Schedule:
    """What `version` says, as plain values."""
    return schedule_from_json(
        {
            "timezone": version.time_zone,
            "weekly": version.weekly,
            "holidays": version.holidays,
            "exceptions": version.exceptions,
        }
    )


def weekly_of(version: CalendarVersion) -> Weekly:
    """The weekly hours of `version`, Monday first."""
    return schedule_of(version).weekly


def ever_opens(version: CalendarVersion, *, now: datetime) -> bool:
    """Whether anything is open again; no promise can run on a calendar without (C11)."""
    return working_time_of(version).next_open(now) is not None
