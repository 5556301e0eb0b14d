"""The JSON form of a schedule, good and bad."""

from datetime import date

import pytest
from hypothesis import given

from helpdesk.calendars.working_time import (
    DatedHours,
    Holiday,
    Schedule,
    ScheduleError,
    schedule_from_json,
    schedule_to_json,
)
from tests.helpdesk.calendars.working_time.test_engine_properties import few, schedules

FORM = {
    "timezone": "Australia/Melbourne",
    "weekly": {"mon": [["09:00", "12:30"], ["13:15", "24:00"]]},
    "holidays": [
        {"date": "2026-11-03", "name": ""},
        {"date": "2026-12-25", "name": "Christmas Day"},
    ],
    "exceptions": [{"date": "2026-12-24", "hours": [["09:00", "12:00"]], "reason": "Party"}],
}
SCHEDULE = Schedule(
    zone="Australia/Melbourne",
    weekly=(((540, 750), (795, 1440)), (), (), (), (), (), ()),
    holidays=(Holiday(date(2026, 11, 3)), Holiday(date(2026, 12, 25), "Christmas Day")),
    exceptions=(DatedHours(date(2026, 12, 24), ((540, 720),), "Party"),),
)


def test_a_schedule_is_read_from_json() -> None:
    assert schedule_from_json(FORM) == SCHEDULE


def test_a_holiday_may_be_a_bare_date() -> None:
    assert schedule_from_json({**FORM, "holidays": ["2026-11-03"]}).holidays == (
        Holiday(date(2026, 11, 3)),
    )


def test_a_schedule_is_written_as_json() -> None:
    assert schedule_to_json(SCHEDULE) == FORM


@few
@given(schedules)
def test_what_is_written_is_read_back(schedule: Schedule) -> None:
    assert schedule_from_json(schedule_to_json(schedule)) == schedule


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"timezone": "+10:00"}, "“+10:00” is not a time zone"),
        ({"timezone": "Australia"}, "“Australia” is not a time zone"),
        ({"timezone": "../etc/passwd"}, "is not a time zone"),
        ({"timezone": None}, "The time zone must be text, not nothing."),
        ({"weekly": []}, "The weekly hours must be an object"),
        ({"weekly": {"monday": []}}, "“monday” is not a weekday"),
        ({"weekly": {"mon": ["09:00-17:00"]}}, "an opening and a closing time"),
        ({"weekly": {"mon": [["9:00", "17:00"]]}}, "“9:00” is not a time of day"),
        ({"weekly": {"mon": [["09:00", "24:01"]]}}, "must lie between 00:00 and 24:00"),
        ({"weekly": {"mon": [["17:00", "09:00"]]}}, "does not close after it opens"),
        ({"weekly": {"mon": [["09:00", "09:00"]]}}, "does not close after it opens"),
        ({"holidays": ["3 November"]}, "“3 November” is not a date"),
        ({"holidays": "2026-11-03"}, "The holidays must be a list"),
        ({"exceptions": [{"date": "2026-12-24"}]}, "The hours of 2026-12-24 must be a list"),
        (
            {"exceptions": [{"date": "2026-12-24", "hours": []}] * 2},
            "2026-12-24 has two exceptions",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(
    change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ScheduleError) as refusal:
        schedule_from_json({**FORM, **change})
    assert sentence in str(refusal.value)
