"""A month on a sheet."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from knowledgebase.training.models import Event
from knowledgebase.training.month import month_named, sheet_of

NOVEMBER = date(2026, 11, 1)
AUCKLAND = ZoneInfo("Pacific/Auckland")


def test_a_sheet_has_whole_weeks_from_monday() -> None:
    sheet = sheet_of(NOVEMBER, [], zone=AUCKLAND, today=NOVEMBER)
    assert (sheet.weeks[0][0].date, sheet.weeks[-1][-1].date) == (
        date(2026, 10, 26),
        date(2026, 12, 6),
    )
    assert (sheet.before, sheet.after) == (date(2026, 10, 1), date(2026, 12, 1))


def test_an_event_stands_on_the_day_of_the_readers_clock() -> None:
    late = Event(title="Late", starts_at=datetime(2026, 11, 10, 12, 30, tzinfo=UTC))
    sheet = sheet_of(NOVEMBER, [late], zone=AUCKLAND, today=NOVEMBER)
    days = [day.date for week in sheet.weeks for day in week if day.events]
    assert days == [date(2026, 11, 11)]


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "x-y", "99999-1", "2026-1-1"])
def test_what_is_no_month_is_this_one(text: str) -> None:
    assert month_named(text, default=date(2026, 11, 24)) == NOVEMBER


def test_a_month_is_read() -> None:
    assert month_named("2027-02", default=NOVEMBER) == date(2027, 2, 1)
