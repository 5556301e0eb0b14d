"""What the tables refuse, and what they are called."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from helpdesk.calendars.models import Calendar, CalendarException, Region
from tests.helpdesk.calendars.desk import a_calendar, a_holiday

pytestmark = pytest.mark.django_db


def test_a_holiday_is_entered_once_a_region() -> None:
    a_holiday("2026-11-03")
    with pytest.raises(IntegrityError), transaction.atomic():
        a_holiday("2026-11-03", "Cup Day again")


def test_a_date_has_one_exception_a_calendar() -> None:
    calendar = a_calendar()
    CalendarException.objects.create(calendar=calendar, date="2026-12-24")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarException.objects.create(calendar=calendar, date="2026-12-24")


def test_observing_holidays_needs_a_region() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Calendar.objects.create(slug="x", name="X", time_zone="UTC", observes_holidays=True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"time_zone": "+10:00"}, "+10:00 is not a time zone."),
        ({"time_zone": "Melbourne"}, "Melbourne is not a time zone."),
        ({"country": "Australia"}, "Write the country as its two letters, such as AU."),
    ],
)
def test_a_region_with_a_wrong_code_is_refused(change: dict[str, str], sentence: str) -> None:
    facts = {"code": "x", "name": "X", "country": "AU", "time_zone": "UTC"} | change
    with pytest.raises(ValidationError) as refusal:
        Region(**facts).full_clean()
    assert sentence in str(refusal.value)


def test_hours_of_an_exception_must_close_after_they_open() -> None:
    exception = CalendarException(
        calendar=a_calendar(), date="2026-12-24", hours=[["17:00", "09:00"]], reason="Party"
    )
    with pytest.raises(ValidationError, match="does not close after it opens"):
        exception.full_clean()


def test_things_are_called_by_their_names() -> None:
    calendar = a_calendar()
    holiday = a_holiday("2026-11-03")
    holiday.refresh_from_db()
    assert str(calendar.versions.get()) == "Office, version 1"
    assert str(holiday) == "Cup Day (03 November 2026, Victoria)"
