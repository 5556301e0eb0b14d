"""From stored versions to arithmetic."""

from datetime import timedelta

import pytest

from helpdesk.calendars.models import CalendarVersion
from helpdesk.calendars.versions import ever_opens, stretches, weekly_of, working_time_of
from tests.helpdesk.calendars.desk import a_calendar, publish
from tests.helpdesk.calendars.schedules import at

pytestmark = pytest.mark.django_db
NOW = at("2026-05-12T00:00:00Z")
JULY = at("2026-06-30T14:00:00Z")


def test_a_version_counts_by_its_own_hours() -> None:
    version = a_calendar().versions.get()
    assert working_time_of(version).add(NOW, 3600) == at("2026-05-12T01:00:00Z")
    assert weekly_of(version)[5] == ()


def test_the_arithmetic_of_a_version_is_made_once_a_process() -> None:
    a_calendar()
    first, second = CalendarVersion.objects.get(), CalendarVersion.objects.get()
    assert working_time_of(first) is working_time_of(second)


def test_a_calendar_without_hours_never_opens() -> None:
    office, empty = a_calendar("office").versions.get(), a_calendar("empty", mon="").versions.get()
    assert [ever_opens(version, now=NOW) for version in (office, empty)] == [True, False]


def test_stretches_say_which_version_holds_when() -> None:
    calendar = a_calendar()
    july = publish(calendar, JULY, mon="10:00-14:00")
    first, second = stretches(calendar, start=NOW, end=NOW + timedelta(days=90))
    assert (first.version.number, first.start, first.end) == (1, NOW, JULY)
    assert (second.version, second.end) == (july, NOW + timedelta(days=90))


def test_stretches_end_before_hours_planned_for_later() -> None:
    calendar = a_calendar()
    publish(calendar, JULY, mon="10:00-14:00")
    [only] = stretches(calendar, start=NOW, end=JULY)
    assert (only.version.number, only.end) == (1, JULY)
