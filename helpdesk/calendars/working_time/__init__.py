"""Business-time arithmetic, pure: a `Schedule` in, instants and seconds out."""

from helpdesk.calendars.working_time.days import Cause, DayHours
from helpdesk.calendars.working_time.engine import HORIZON_DAYS, WorkingTime, compiled
from helpdesk.calendars.working_time.json_form import (
    WEEKDAY_KEYS,
    hours_from_json,
    hours_to_json,
    schedule_from_json,
    schedule_to_json,
)
from helpdesk.calendars.working_time.schedule import (
    WEEKDAYS,
    DatedHours,
    Holiday,
    Hours,
    Schedule,
    ScheduleError,
    Weekly,
    clock,
    refuse_bad_hours,
)
from helpdesk.calendars.working_time.spans import Span
from helpdesk.calendars.working_time.zones import rules_fingerprint, zone_named

__all__ = [
    "HORIZON_DAYS",
    "WEEKDAYS",
    "WEEKDAY_KEYS",
    "Cause",
    "DatedHours",
    "DayHours",
    "Holiday",
    "Hours",
    "Schedule",
    "ScheduleError",
    "Span",
    "Weekly",
    "WorkingTime",
    "clock",
    "compiled",
    "hours_from_json",
    "hours_to_json",
    "refuse_bad_hours",
    "rules_fingerprint",
    "schedule_from_json",
    "schedule_to_json",
    "zone_named",
]
