"""Calendars in the database for tests."""

from datetime import datetime
from typing import Unpack

from helpdesk.calendars.models import Calendar, CalendarVersion, Holiday, Region
from helpdesk.calendars.publishing import publish_version
from tests.helpdesk.calendars.schedules import Hours, a_schedule, at

LONG_AGO = at("2025-01-01T00:00:00Z")
OFFICE_HOURS: Hours = {"mon_fri": "09:00-17:00"}


def a_region(code: str = "au-vic", *, name: str = "Victoria") -> Region:
    facts = {"country": "AU", "subdivision": "VIC", "time_zone": "Australia/Melbourne"}
    return Region.objects.get_or_create(code=code, defaults={"name": name, **facts})[0]


def a_holiday(day: str, name: str = "Cup Day", *, region: Region | None = None) -> Holiday:
    return Holiday.objects.create(region=region or a_region(), date=day, name=name)


def a_calendar(slug: str = "office", **hours: Unpack[Hours]) -> Calendar:
    """A Melbourne calendar with a first version since 2025: Monday to Friday 09-17 by default."""
    calendar = Calendar.objects.create(
        slug=slug, name=slug.title(), region=a_region(), time_zone="Australia/Melbourne"
    )
    publish(calendar, LONG_AGO, **(hours or OFFICE_HOURS))
    return calendar


def publish(calendar: Calendar, effective_at: datetime, **hours: Unpack[Hours]) -> CalendarVersion:
    """Publish with these hours from `effective_at` on; without any, with the hours of then."""
    weekly = a_schedule(**hours).weekly if hours else None
    return publish_version(
        calendar, by="Root", why="A test", effective_at=effective_at, weekly=weekly
    )
