"""Holidays from the library."""

from datetime import date

import pytest

from helpdesk.calendars.holiday_source import bring_in_holidays, holidays_of
from helpdesk.calendars.models import Holiday, Region
from helpdesk.calendars.working_time import Holiday as HolidayDate
from tests.helpdesk.calendars.desk import a_calendar, a_region
from tests.helpdesk.calendars.schedules import at

NOW = at("2026-05-12T00:00:00Z")
VICTORIA = Region(name="Victoria", country="AU", subdivision="VIC")
NEW_ZEALAND = Region(name="New Zealand", country="NZ")
GERMANY = Region(name="Germany", country="DE")


def test_victoria_has_its_own_holidays() -> None:
    known = holidays_of(VICTORIA, 2026)
    assert HolidayDate(date(2026, 11, 3), "Melbourne Cup Day") in known
    assert HolidayDate(date(2026, 9, 25), "Friday before the AFL Grand Final") in known


def test_anzac_day_on_a_saturday_moves_in_new_zealand_and_not_in_victoria() -> None:
    """`sla.md` 8.13."""
    monday = date(2026, 4, 27)
    assert monday in {known.date for known in holidays_of(NEW_ZEALAND, 2026)}
    assert monday not in {known.date for known in holidays_of(VICTORIA, 2026)}


def test_names_are_english_in_the_spelling_of_the_country() -> None:
    assert HolidayDate(date(2026, 10, 26), "Labour Day") in holidays_of(NEW_ZEALAND, 2026)
    assert HolidayDate(date(2026, 1, 1), "New Year's Day") in holidays_of(GERMANY, 2026)


@pytest.mark.parametrize(("country", "subdivision"), [("AU", "XX"), ("QQ", "")])
def test_what_the_library_does_not_know_gets_a_sentence(country: str, subdivision: str) -> None:
    region = Region(name="Atlantis", country=country, subdivision=subdivision)
    with pytest.raises(LookupError, match="Check the codes of Atlantis"):
        holidays_of(region, 2026)


@pytest.mark.django_db
def test_holidays_brought_in_close_the_calendars_of_the_region() -> None:
    calendar = a_calendar()
    assert bring_in_holidays(a_region(), year=2026, by="Root", at=NOW) == 14
    version = calendar.current_version_at(NOW)
    assert {"date": "2026-11-03", "name": "Melbourne Cup Day"} in version.holidays
    assert version.why == "Holidays of 2026 brought in for Victoria."


@pytest.mark.django_db
def test_holidays_brought_in_again_leave_what_people_changed() -> None:
    calendar = a_calendar()
    bring_in_holidays(a_region(), year=2026, by="Root", at=NOW)
    Holiday.objects.filter(date="2026-11-03").update(is_observed=False, name="We work on Cup Day")
    assert bring_in_holidays(a_region(), year=2026, by="Root", at=NOW) == 0
    assert Holiday.objects.get(date="2026-11-03").name == "We work on Cup Day"
    assert "2026-11-03" not in str(calendar.current_version_at(NOW).holidays)
