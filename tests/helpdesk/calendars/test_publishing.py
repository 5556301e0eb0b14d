"""Versions: when there is a new one, what it says, and that it never changes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from helpdesk.calendars import tasks
from helpdesk.calendars.models import Calendar, CalendarException, CalendarVersion
from helpdesk.calendars.publishing import (
    NothingToPublish,
    publish_new_zone_rules,
    publish_region,
    publish_version,
)
from tests.helpdesk.calendars.desk import LONG_AGO, a_calendar, a_holiday, a_region, publish
from tests.helpdesk.calendars.schedules import at

pytestmark = pytest.mark.django_db
NOW = at("2026-05-12T00:00:00Z")
JULY = at("2026-06-30T14:00:00Z")


def test_a_version_freezes_zone_week_holidays_and_exceptions() -> None:
    calendar = a_calendar()
    a_holiday("2026-11-03")
    CalendarException.objects.create(
        calendar=calendar, date="2026-12-24", hours=[["09:00", "12:00"]], reason="Party"
    )
    version = publish(calendar, NOW, mon="09:00-17:00")
    assert version.number == 2
    assert version.time_zone == "Australia/Melbourne"
    assert version.weekly == {"mon": [["09:00", "17:00"]]}
    assert version.holidays == [{"date": "2026-11-03", "name": "Cup Day"}]
    assert version.exceptions == [
        {"date": "2026-12-24", "hours": [["09:00", "12:00"]], "reason": "Party"}
    ]


def test_publishing_what_is_already_said_adds_nothing() -> None:
    calendar = a_calendar()
    a_holiday("2026-11-03")
    first = publish(calendar, NOW)
    assert publish(calendar, NOW + timedelta(days=1)) == first
    assert calendar.versions.count() == 2


def test_a_holiday_that_the_desk_works_is_not_published() -> None:
    calendar = a_calendar()
    holiday = a_holiday("2026-11-03")
    holiday.is_observed = False
    holiday.save()
    assert publish(calendar, NOW).holidays == []


def test_a_calendar_may_ignore_holidays() -> None:
    calendar = a_calendar()
    Calendar.objects.update(observes_holidays=False)
    a_holiday("2026-11-03")
    assert publish(calendar, NOW).number == 1


def test_the_version_in_force_is_the_latest_that_has_begun() -> None:
    calendar = a_calendar()
    july = publish(calendar, JULY, mon="10:00-14:00")
    assert calendar.current_version_at(JULY - timedelta(seconds=1)).number == 1
    assert calendar.current_version_at(JULY) == july


def test_before_the_first_version_the_first_one_holds() -> None:
    calendar = a_calendar()
    assert calendar.current_version_at(LONG_AGO - timedelta(days=1)).number == 1


def test_a_holiday_entered_now_reaches_the_hours_planned_for_later() -> None:
    calendar = a_calendar()
    publish(calendar, JULY, mon="10:00-14:00")
    a_holiday("2026-11-03")
    publish(calendar, NOW)
    now, later = calendar.current_version_at(NOW), calendar.current_version_at(JULY)
    assert now.weekly["mon"] == [["09:00", "17:00"]]
    assert later.weekly == {"mon": [["10:00", "14:00"]]}
    assert now.holidays == later.holidays == [{"date": "2026-11-03", "name": "Cup Day"}]


def test_hours_changed_now_leave_the_hours_planned_for_later() -> None:
    calendar = a_calendar()
    publish(calendar, JULY, mon="10:00-14:00")
    publish(calendar, NOW, tue="08:00-12:00")
    assert calendar.current_version_at(NOW).weekly == {"tue": [["08:00", "12:00"]]}
    assert calendar.current_version_at(JULY).weekly == {"mon": [["10:00", "14:00"]]}


def test_a_first_version_needs_hours() -> None:
    calendar = Calendar.objects.create(slug="new", name="New", region=a_region(), time_zone="UTC")
    with pytest.raises(NothingToPublish, match="New has no opening hours yet"):
        publish_version(calendar, by="Root", why="", effective_at=NOW)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_version_can_be_neither_changed_nor_removed(change: str) -> None:
    a_calendar()
    arguments = {"update": {"why": "Rewritten"}, "delete": {}}[change]
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        getattr(CalendarVersion.objects.all(), change)(**arguments)
    assert CalendarVersion.objects.get().why == "A test"


def test_numbers_of_versions_are_unique_in_the_database() -> None:
    version = a_calendar().versions.get()
    version.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


def test_a_region_publishes_every_calendar_that_observes_its_holidays() -> None:
    office, chat = a_calendar("office"), a_calendar("chat")
    Calendar.objects.filter(pk=chat.pk).update(observes_holidays=False)
    a_holiday("2026-11-03")
    [version] = publish_region(a_region(), by="Root", why="Cup Day", effective_at=NOW)
    assert (version.calendar, version.number, chat.versions.count()) == (office, 2, 1)


def test_new_rules_of_a_zone_make_a_new_version() -> None:
    """`sla.md` 4.6."""
    before = _published_under_old_zone_rules()
    [version] = publish_new_zone_rules(by="Waratah", at=NOW)
    assert (version.number, version.effective_at) == (3, NOW)
    assert version.zone_rules == before.zone_rules
    assert publish_new_zone_rules(by="Waratah", at=NOW) == []


def test_the_hourly_job_publishes_new_rules_once() -> None:
    _published_under_old_zone_rules()
    tasks.publish_new_zone_rules()
    tasks.publish_new_zone_rules()
    assert list(CalendarVersion.objects.values_list("number", flat=True)) == [3, 2, 1]


def _published_under_old_zone_rules() -> CalendarVersion:
    """The version before it, which knows the present rules."""
    version = a_calendar().versions.get()
    said = {name: getattr(version, name) for name in ("time_zone", "weekly", "holidays")}
    version.calendar.versions.create(
        number=2,
        effective_at=version.effective_at,
        exceptions=version.exceptions,
        zone_rules="of last year",
        **said,
    )
    return version
