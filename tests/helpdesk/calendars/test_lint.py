"""What a calendar has to look at."""

from datetime import datetime

import pytest

from helpdesk.calendars.lint import Severity, lint_calendar
from helpdesk.calendars.models import Calendar, CalendarException, Holiday
from tests.helpdesk.calendars.desk import a_calendar, a_holiday, a_region, publish
from tests.helpdesk.calendars.schedules import at

pytestmark = pytest.mark.django_db
MAY = at("2026-05-12T00:00:00Z")
NOVEMBER = at("2026-11-02T00:00:00Z")


def test_a_confirmed_calendar_has_nothing_to_look_at() -> None:
    calendar = a_calendar()
    _confirmed("2026-11-03", "2027-11-02")
    assert lint_calendar(calendar, now=NOVEMBER) == []


def test_a_calendar_without_hours_is_an_error() -> None:
    calendar = Calendar.objects.create(
        slug="new", name="New", time_zone="UTC", observes_holidays=False
    )
    assert _told(calendar, MAY) == [("no_hours", "error", "New has no opening hours yet.")]


def test_a_calendar_that_never_opens_is_an_error() -> None:
    calendar = a_calendar("empty", mon="")
    assert _told(calendar, MAY)[0] == (
        "never_opens",
        "error",
        "Empty never opens again. No promise can run on it.",
    )


def test_missing_holidays_are_urgent_this_year_and_noted_for_the_next() -> None:
    assert _told(a_calendar(), MAY) == [
        ("holidays_missing", "warning", "Victoria has no holidays entered for 2026."),
        ("holidays_missing", "note", "Victoria has no holidays entered for 2027."),
    ]


def test_next_years_holidays_are_due_on_the_first_of_november() -> None:
    """`sla.md` 8.13."""
    calendar = a_calendar()
    _confirmed("2026-11-03")
    last_of_october = at("2026-10-31T12:59:59Z")
    first_of_november = at("2026-10-31T13:00:00Z")
    assert [finding.severity for finding in lint_calendar(calendar, now=last_of_october)] == [
        Severity.NOTE
    ]
    assert [finding.severity for finding in lint_calendar(calendar, now=first_of_november)] == [
        Severity.WARNING
    ]


def test_unconfirmed_holidays_ahead_are_counted() -> None:
    calendar = a_calendar()
    _confirmed("2026-11-03")
    a_holiday("2026-01-26", "Over already")
    a_holiday("2027-01-26")
    a_holiday("2027-11-02")
    assert _told(calendar, NOVEMBER) == [
        ("holidays_unconfirmed", "warning", "Victoria, 2027: 2 holidays are not confirmed yet.")
    ]


def test_a_single_unconfirmed_holiday_is_counted_too() -> None:
    calendar = a_calendar()
    _confirmed("2026-11-03")
    a_holiday("2027-01-26")
    assert _told(calendar, NOVEMBER) == [
        ("holidays_unconfirmed", "warning", "Victoria, 2027: 1 holiday is not confirmed yet.")
    ]


def test_a_long_closure_is_pointed_out() -> None:
    calendar = a_calendar(mon="09:00-17:00")
    _confirmed("2026-11-03", "2027-11-02")
    CalendarException.objects.create(calendar=calendar, date="2026-11-09", reason="Renovation")
    publish(calendar, NOVEMBER)
    assert _told(calendar, NOVEMBER) == [
        (
            "long_closure",
            "warning",
            "Nothing is open from Monday 2 November 2026 to Monday 16 November 2026.",
        )
    ]


def test_days_on_which_the_clocks_change_are_noted() -> None:
    calendar = a_calendar(daily="00:00-24:00")
    _confirmed("2026-11-03", "2027-11-02")
    assert _told(calendar, NOVEMBER) == [
        (
            "odd_day",
            "note",
            "The clocks change on Sunday 4 April 2027: it is open for 25 h instead of 24 h.",
        ),
        (
            "odd_day",
            "note",
            "The clocks change on Sunday 3 October 2027: it is open for 23 h instead of 24 h.",
        ),
    ]


def _confirmed(*days: str) -> None:
    for day in days:
        Holiday.objects.create(
            region=a_region(), date=day, name="Cup Day", confirmed_at=MAY, is_observed=False
        )


def _told(calendar: Calendar, now: datetime) -> list[tuple[str, str, str]]:
    findings = lint_calendar(calendar, now=now)
    return [(finding.code, str(finding.severity), finding.sentence) for finding in findings]
