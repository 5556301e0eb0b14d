"""From a stored calendar version to its arithmetic."""

from datetime import datetime
from functools import lru_cache

from helpdesk.calendars.models import CalendarVersion
from helpdesk.calendars.working_time import Schedule, Weekly, WorkingTime, schedule_from_json


@lru_cache(maxsize=256)
def working_time_of(version: CalendarVersion) -> WorkingTime:
    """The arithmetic of a saved `version`, kept in this process by the version's id.

    It never goes stale, because a version never changes.
    """
    return WorkingTime(schedule_of(version))


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
