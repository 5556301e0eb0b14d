"""Open or closed, in words."""

from datetime import date

import pytest

from helpdesk.calendars.models import CalendarException
from helpdesk.calendars.opening import changed_days, opening_sentence, place_of, status_of
from helpdesk.calendars.working_time import Cause
from tests.helpdesk.calendars.desk import a_calendar, a_holiday, publish
from tests.helpdesk.calendars.schedules import at

NOW = at("2026-05-12T00:00:00Z")
JULY = at("2026-06-30T14:00:00Z")


@pytest.mark.parametrize(
    ("is_open", "changes_at", "reader_zone", "sentence"),
    [
        (True, "2026-05-12T07:00Z", "Australia/Sydney", "Open, closes today at 17:00 (Melbourne)"),
        (
            True,
            "2026-05-12T07:00Z",
            "Pacific/Auckland",
            "Open, closes today at 17:00 (Melbourne), 19:00 your time",
        ),
        (
            False,
            "2026-05-12T23:00Z",
            "America/New_York",
            "Closed, opens tomorrow at 09:00 (Melbourne), Tuesday 19:00 your time",
        ),
        (
            False,
            "2026-05-17T23:00Z",
            "Australia/Hobart",
            "Closed, opens Monday at 09:00 (Melbourne)",
        ),
        (
            False,
            "2026-05-19T23:00Z",
            "Australia/Hobart",
            "Closed, opens on 20 May 2026 at 09:00 (Melbourne)",
        ),
        (True, None, "UTC", "Open around the clock"),
        (False, None, "UTC", "Closed, with no opening planned"),
    ],
)
def test_the_sentence_gives_the_desks_time_and_the_readers(
    is_open: bool, changes_at: str | None, reader_zone: str, sentence: str
) -> None:
    said = opening_sentence(
        is_open=is_open,
        changes_at=at(changes_at) if changes_at else None,
        reason="",
        now=NOW,
        desk_zone="Australia/Melbourne",
        reader_zone=reader_zone,
    )
    assert said == sentence


def test_a_zone_is_named_by_its_place() -> None:
    assert place_of("America/Argentina/Buenos_Aires") == "Buenos Aires"


@pytest.mark.django_db
def test_an_open_desk_says_when_it_closes() -> None:
    status = status_of(a_calendar(), now=NOW, reader_zone="Australia/Melbourne")
    assert (status.is_open, status.closes_at, status.opens_at) == (
        True,
        at("2026-05-12T07:00:00Z"),
        None,
    )
    assert status.sentence == "Open, closes today at 17:00 (Melbourne)"


@pytest.mark.django_db
def test_a_desk_closed_for_a_holiday_says_which() -> None:
    calendar = a_calendar()
    a_holiday("2026-05-12", "Cup Day")
    publish(calendar, NOW)
    status = status_of(calendar, now=NOW, reader_zone="Australia/Melbourne")
    assert status.sentence == "Closed for Cup Day, opens tomorrow at 09:00 (Melbourne)"


@pytest.mark.django_db
def test_hours_planned_for_later_decide_about_an_opening_after_they_begin() -> None:
    calendar = a_calendar()
    publish(calendar, JULY, wed="10:00-14:00")
    tuesday_evening = at("2026-06-30T10:00:00Z")
    status = status_of(calendar, now=tuesday_evening, reader_zone="Australia/Melbourne")
    assert status.opens_at == at("2026-07-01T00:00:00Z")
    assert status.sentence == "Closed, opens tomorrow at 10:00 (Melbourne)"


@pytest.mark.django_db
def test_a_desk_that_goes_on_under_new_hours_closes_by_the_new_ones() -> None:
    calendar = a_calendar()
    publish(calendar, at("2026-05-12T02:00:00Z"), mon_fri="09:00-20:00")
    status = status_of(calendar, now=NOW, reader_zone="Australia/Melbourne")
    assert status.closes_at == at("2026-05-12T10:00:00Z")


@pytest.mark.django_db
def test_a_desk_whose_new_hours_are_over_closes_when_they_begin() -> None:
    calendar = a_calendar()
    publish(calendar, at("2026-05-12T02:00:00Z"), mon_fri="08:00-11:00")
    status = status_of(calendar, now=NOW, reader_zone="Australia/Melbourne")
    assert status.closes_at == at("2026-05-12T02:00:00Z")


@pytest.mark.django_db
def test_changed_days_are_those_unlike_their_weekday() -> None:
    calendar = a_calendar()
    a_holiday("2026-05-14", "Cup Day")
    a_holiday("2026-05-16", "A Saturday anyway")
    CalendarException.objects.create(
        calendar=calendar, date="2026-05-13", hours=[["09:00", "12:00"]], reason="Party"
    )
    publish(calendar, NOW)
    party, cup_day = changed_days(calendar, now=NOW, days=14)
    assert (party.date, party.hours_text, party.name) == (
        date(2026, 5, 13),
        "09:00-12:00",
        "Party",
    )
    assert (cup_day.date, cup_day.hours_text, cup_day.usual_hours_text, cup_day.cause) == (
        date(2026, 5, 14),
        "closed",
        "09:00-17:00",
        Cause.HOLIDAY,
    )


@pytest.mark.django_db
def test_planned_weekly_hours_change_days_from_their_beginning() -> None:
    calendar = a_calendar(mon_fri="07:00-14:00")
    publish(calendar, at("2026-05-18T14:00:00Z"), mon="07:00-14:00", tue="10:00-14:00")
    changed = changed_days(calendar, now=NOW, days=11)
    assert [(day.date.isoformat(), day.hours_text) for day in changed] == [
        ("2026-05-19", "10:00-14:00"),
        ("2026-05-20", "closed"),
        ("2026-05-21", "closed"),
        ("2026-05-22", "closed"),
    ]
