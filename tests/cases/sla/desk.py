"""Policies and calendars for the tests of the SLA."""

from datetime import UTC, datetime
from typing import Any

from cases.sla.metrics import Metric
from cases.sla.models import SlaPolicy
from cases.sla.reckoning import Edition, Piece
from helpdesk.calendars.models import Calendar
from helpdesk.calendars.working_time import WorkingTime
from tests.helpdesk.calendars.schedules import a_schedule

HOUR, DAY = 3_600, 86_400


def melbourne(text: str) -> datetime:
    """The instant at which clocks in Melbourne show "2026-05-12 10:00" (UTC+10 in winter)."""
    from zoneinfo import ZoneInfo

    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Australia/Melbourne")).astimezone(UTC)
