"""The rules C1 to C13 of the business-time page, by example."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from helpdesk.calendars.working_time import Cause, DayHours, Holiday, Schedule, WorkingTime
from tests.helpdesk.calendars.schedules import Hours, a_schedule, at, working_time

OFFICE = working_time("Australia/Melbourne", mon_fri="09:00-17:00")
ALWAYS: Hours = {"daily": "00:00-24:00"}
HOUR = 3600


def test_a_fraction_of_a_second_is_cut_off() -> None:
    start = at("2026-05-12T00:30:00.999999Z")
    assert OFFICE.add(start, 60) == at("2026-05-12T00:31:00Z")


def test_an_instant_may_come_in_any_zone_and_leaves_in_utc() -> None:
    found = OFFICE.next_open(at("2026-05-12T08:00:00+10:00"))
    assert found is not None
    assert found.isoformat() == "2026-05-11T23:00:00+00:00"


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2026-05-11T22:59:59Z", False),
        ("2026-05-11T23:00:00Z", True),
        ("2026-05-12T06:59:59Z", True),
        ("2026-05-12T07:00:00Z", False),
    ],
)
def test_hours_are_half_open(instant: str, expected: bool) -> None:
    assert OFFICE.is_open(at(instant)) is expected


def test_a_night_shift_is_two_intervals_without_a_lost_minute() -> None:
    """`sla.md` 8.10."""
    night = working_time("UTC", fri="22:00-24:00", sat="00:00-02:00")
    assert night.elapsed(at("2026-05-15T12:00:00Z"), at("2026-05-16T12:00:00Z")) == 4 * HOUR


def test_round_the_clock_loses_nothing_in_a_week() -> None:
    always = working_time("UTC", **ALWAYS)
    assert always.elapsed(at("2026-05-11T00:00:00Z"), at("2026-05-18T00:00:00Z")) == 7 * 24 * HOUR


@pytest.mark.parametrize(
    "hours", ["09:00-12:00, 12:00-17:00", "12:00-17:00, 09:00-12:00", "09:00-13:00, 11:00-17:00"]
)
def test_intervals_of_a_day_count_as_their_union(hours: str) -> None:
    desk = working_time("UTC", tue=hours)
    assert desk.is_open(at("2026-05-12T12:00:00Z"))
    assert desk.elapsed(at("2026-05-12T00:00:00Z"), at("2026-05-13T00:00:00Z")) == 8 * HOUR


@pytest.mark.parametrize(
    ("day", "expected_hours"),
    [
        ("2026-05-11", 8),  # an ordinary Monday
        ("2026-05-12", 0),  # a holiday
        ("2026-05-13", 3),  # an exception on a holiday
        ("2026-05-14", 0),  # an exception without hours
        ("2026-05-16", 2),  # an exception on a Saturday
        ("2026-05-17", 0),  # a weekday left out
    ],
)
def test_exception_beats_holiday_beats_week(day: str, expected_hours: int) -> None:
    desk = WorkingTime(
        a_schedule(
            "UTC",
            mon_fri="09:00-17:00",
            holidays={"2026-05-12": "Holiday", "2026-05-13": "Cup Day"},
            exceptions={"2026-05-13": "09:00-12:00", "2026-05-14": "", "2026-05-16": "10:00-12:00"},
        )
    )
    start = at(f"{day}T00:00:00Z")
    assert desk.elapsed(start, start + timedelta(days=1)) == expected_hours * HOUR


def test_a_holiday_is_a_date_of_the_calendars_zone() -> None:
    desk = WorkingTime(
        a_schedule("Pacific/Auckland", **ALWAYS, holidays={"2026-12-25": "Christmas"})
    )
    assert desk.is_open(at("2026-12-24T10:59:59Z"))
    assert not desk.is_open(at("2026-12-24T11:00:00Z"))
    assert not desk.is_open(at("2026-12-25T10:59:59Z"))
    assert desk.is_open(at("2026-12-25T11:00:00Z"))


def test_the_half_of_a_night_shift_after_midnight_belongs_to_its_own_date() -> None:
    night = WorkingTime(
        a_schedule(
            "UTC", fri="22:00-24:00", sat="00:00-02:00", holidays={"2026-05-15": "Friday off"}
        )
    )
    assert night.elapsed(at("2026-05-15T12:00:00Z"), at("2026-05-16T12:00:00Z")) == 2 * HOUR


@pytest.mark.parametrize("end", ["2026-05-12T01:00:00Z", "2026-05-11T23:30:00Z"])
def test_elapsed_is_never_negative(end: str) -> None:
    assert OFFICE.elapsed(at("2026-05-12T01:00:00Z"), at(end)) == 0


def test_elapsed_skips_nights_and_weekends() -> None:
    friday_16h, monday_10h = at("2026-05-15T06:00:00Z"), at("2026-05-18T00:00:00Z")
    assert OFFICE.elapsed(friday_16h, monday_10h) == 2 * HOUR


@pytest.mark.parametrize("start", ["2026-05-12T01:00:00Z", "2026-05-12T20:00:00Z"])
def test_adding_nothing_changes_nothing_open_or_closed(start: str) -> None:
    assert OFFICE.add(at(start), 0) == at(start)


def test_an_amount_used_up_at_closing_ends_at_closing() -> None:
    assert OFFICE.add(at("2026-05-12T03:00:00Z"), 4 * HOUR) == at("2026-05-12T07:00:00Z")


def test_one_second_more_ends_after_the_next_opening() -> None:
    assert OFFICE.add(at("2026-05-12T03:00:00Z"), 4 * HOUR + 1) == at("2026-05-12T23:00:01Z")


def test_counting_from_a_closed_instant_begins_at_the_next_opening() -> None:
    assert OFFICE.add(at("2026-05-15T20:00:00Z"), 2 * HOUR) == at("2026-05-18T01:00:00Z")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-05-12T01:00:00Z", "2026-05-12T01:00:00Z"),
        ("2026-05-12T07:00:00Z", "2026-05-12T23:00:00Z"),
        ("2026-05-15T07:00:00Z", "2026-05-17T23:00:00Z"),
    ],
)
def test_next_open_is_now_or_the_next_opening(start: str, expected: str) -> None:
    assert OFFICE.next_open(at(start)) == at(expected)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-05-12T01:00:00Z", "2026-05-12T07:00:00Z"),
        ("2026-05-12T07:00:00Z", "2026-05-12T07:00:00Z"),
        ("2026-05-12T20:00:00Z", "2026-05-12T20:00:00Z"),
    ],
)
def test_next_close_is_now_or_the_end_of_these_hours(start: str, expected: str) -> None:
    assert OFFICE.next_close(at(start)) == at(expected)


def test_round_the_clock_never_closes() -> None:
    assert working_time("Australia/Melbourne", **ALWAYS).next_close(at("2026-05-12T01:00Z")) is None


NEVER = [
    a_schedule("UTC"),
    a_schedule("UTC", exceptions={"2020-01-01": "09:00-17:00"}),
    a_schedule("UTC", exceptions={"2036-05-21": "09:00-17:00"}),
]


@pytest.mark.parametrize("schedule", NEVER, ids=["empty", "past only", "beyond the horizon"])
def test_a_calendar_that_never_opens_again_says_so(schedule: Schedule) -> None:
    """`sla.md` 8.11."""
    desk = WorkingTime(schedule)
    start = at("2026-05-12T00:00:00Z")
    assert desk.add(start, 1) is None
    assert desk.next_open(start) is None
    assert desk.elapsed(start, at("2036-05-12T00:00:00Z")) == 0


def test_an_opening_just_within_the_horizon_is_found() -> None:
    desk = WorkingTime(a_schedule("UTC", exceptions={"2036-05-18": "09:00-17:00"}))
    assert desk.next_open(at("2026-05-12T00:00:00Z")) == at("2036-05-18T09:00:00Z")


def test_what_is_left_after_the_last_hours_is_never_reached() -> None:
    desk = WorkingTime(a_schedule("UTC", exceptions={"2026-05-13": "09:00-17:00"}))
    start = at("2026-05-12T00:00:00Z")
    assert desk.add(start, 8 * HOUR) == at("2026-05-13T17:00:00Z")
    assert desk.add(start, 8 * HOUR + 1) is None


def test_a_gap_wider_than_the_horizon_is_not_crossed_whatever_was_asked_before() -> None:
    desk = WorkingTime(
        a_schedule("UTC", exceptions={"2026-05-13": "09:00-17:00", "2040-05-13": "09:00-17:00"})
    )
    assert desk.elapsed(at("2026-01-01T00:00:00Z"), at("2041-01-01T00:00:00Z")) == 16 * HOUR
    assert desk.add(at("2026-05-12T00:00:00Z"), 9 * HOUR) is None


def test_an_amount_longer_than_all_time_is_never_reached() -> None:
    assert working_time("UTC", **ALWAYS).add(at("2026-05-12T00:00:00Z"), 10**12) is None


def test_years_of_working_time_are_added_exactly() -> None:
    always = working_time("UTC", **ALWAYS)
    start = at("2026-05-12T00:00:00Z")
    assert always.add(start, 5_000 * 86_400) == start + timedelta(days=5_000)


def test_years_of_working_time_are_counted_exactly() -> None:
    four_years = OFFICE.elapsed(at("2023-12-31T00:00:00Z"), at("2028-01-01T00:00:00Z"))
    assert four_years == 1_045 * 8 * HOUR


def test_a_desk_that_never_closes_is_open_across_years() -> None:
    always = working_time("Australia/Melbourne", **ALWAYS)
    start, end = at("2016-05-12T00:00:00Z"), at("2026-05-12T00:00:00Z")
    assert always.elapsed(start, end) == (end - start).total_seconds()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 11), DayHours(((540, 1020),), Cause.WEEKLY_HOURS, "")),
        (date(2026, 5, 12), DayHours((), Cause.HOLIDAY, "First entered")),
        (date(2026, 5, 13), DayHours(((600, 720),), Cause.EXCEPTION, "Special day")),
    ],
)
def test_the_hours_of_a_date_are_joined_and_say_their_cause(day: date, expected: DayHours) -> None:
    week = a_schedule(
        "UTC", mon="12:00-17:00, 09:00-12:00", exceptions={"2026-05-13": "10:00-12:00"}
    )
    holidays = (Holiday(date(2026, 5, 12), "First entered"), Holiday(date(2026, 5, 12), "Again"))
    assert WorkingTime(replace(week, holidays=holidays)).hours_on(day) == expected


def test_a_negative_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        OFFICE.add(at("2026-05-12T00:00:00Z"), -1)


@pytest.mark.parametrize(
    ("instant", "expected"), [("0001-01-01T00:00:00Z", False), ("9999-12-31T23:59:59Z", False)]
)
def test_the_ends_of_time_are_closed_and_harmless(instant: str, expected: bool) -> None:
    assert working_time("Pacific/Auckland", **ALWAYS).is_open(at(instant)) is expected
