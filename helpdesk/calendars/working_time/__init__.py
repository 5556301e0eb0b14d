"""Business-time arithmetic, pure: a `Schedule` in, instants and seconds out."""

from helpdesk.calendars.working_time.days import Cause
from helpdesk.calendars.working_time.engine import HORIZON_DAYS, WorkingTime, compiled
from helpdesk.calendars.working_time.json_form import schedule_from_json, schedule_to_json
from helpdesk.calendars.working_time.schedule import (
    WEEKDAYS,
    DatedHours,
    Holiday,
    Hours,
    Schedule,
    ScheduleError,
)
from helpdesk.calendars.working_time.spans import Span
from helpdesk.calendars.working_time.zones import rules_fingerprint, zone_named

__all__ = [
    "HORIZON_DAYS",
    "WEEKDAYS",
    "Cause",
    "DatedHours",
    "Holiday",
    "Hours",
    "Schedule",
    "ScheduleError",
    "Span",
    "WorkingTime",
    "compiled",
    "rules_fingerprint",
    "schedule_from_json",
    "schedule_to_json",
    "zone_named",
]
