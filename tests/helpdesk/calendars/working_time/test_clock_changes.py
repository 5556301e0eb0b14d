"""C13: what a changed clock does to opening hours, in zones that do it differently."""

import pytest

from helpdesk.calendars.working_time import WorkingTime
from tests.helpdesk.calendars.schedules import a_schedule, at, working_time

HALF_HOUR = 1800
HOUR = 3600
ALWAYS = "00:00-24:00"


@pytest.mark.parametrize(
    ("zone", "hours", "start", "end", "expected"),
    [
        # 4 October 2026: in Melbourne 02:00 jumps to 03:00, at 16:00 UTC of the 3rd.
        ("Australia/Melbourne", "02:15-02:45", "2026-10-03T14:00Z", "2026-10-04T13:00Z", 0),
        ("Australia/Melbourne", "00:30-02:45", "2026-10-03T14:00Z", "2026-10-04T13:00Z", 5400),
        ("Australia/Melbourne", ALWAYS, "2026-10-03T14:00Z", "2026-10-04T13:00Z", 23 * HOUR),
        # 5 April 2026: 03:00 falls back to 02:00, at 16:00 UTC of the 4th.
        ("Australia/Melbourne", "02:15-02:45", "2026-04-04T13:00Z", "2026-04-05T14:00Z", HOUR),
        ("Australia/Melbourne", "01:00-09:00", "2026-04-04T13:00Z", "2026-04-05T14:00Z", 9 * HOUR),
        ("Australia/Melbourne", ALWAYS, "2026-04-04T13:00Z", "2026-04-05T14:00Z", 25 * HOUR),
        # Lord Howe changes by half an hour.
        ("Australia/Lord_Howe", ALWAYS, "2026-10-03T13:30Z", "2026-10-04T13:00Z", 47 * HALF_HOUR),
        ("Australia/Lord_Howe", ALWAYS, "2026-04-04T13:00Z", "2026-04-05T13:30Z", 49 * HALF_HOUR),
        ("Australia/Lord_Howe", "02:10-02:20", "2026-10-03T13:30Z", "2026-10-04T13:00Z", 0),
        ("Australia/Lord_Howe", "01:40-01:50", "2026-04-04T13:00Z", "2026-04-05T13:30Z", 1200),
        # Casablanca falls back for Ramadan, which no daylight-saving flag announces.
        ("Africa/Casablanca", "02:15-02:45", "2026-02-14T23:00Z", "2026-02-16T00:00Z", HOUR),
        ("Africa/Casablanca", ALWAYS, "2026-02-14T23:00Z", "2026-02-16T00:00Z", 25 * HOUR),
        # Beirut has no midnight when summer begins.
        ("Asia/Beirut", ALWAYS, "2026-03-28T22:00Z", "2026-03-29T21:00Z", 23 * HOUR),
        ("Asia/Beirut", "00:00-01:30", "2026-03-28T22:00Z", "2026-03-29T21:00Z", HALF_HOUR),
        # Monrovia kept an offset of 44 minutes and 30 seconds until 1972.
        ("Africa/Monrovia", "09:00-09:01", "1971-05-02T09:44:30Z", "1971-05-02T09:45:30Z", 60),
    ],
)
def test_seconds_open_on_the_sunday_of_a_change(
    zone: str, hours: str, start: str, end: str, expected: int
) -> None:
    assert working_time(zone, sun=hours).elapsed(at(start), at(end)) == expected


def test_a_reading_shown_twice_is_open_both_times() -> None:
    desk = working_time("Australia/Melbourne", sun="02:15-02:45")
    readings = ["15:15", "15:44", "15:45", "16:00", "16:15", "16:44", "16:45"]
    is_open = [desk.is_open(at(f"2026-04-04T{reading}Z")) for reading in readings]
    assert is_open == [True, True, False, False, True, True, False]


def test_hours_that_begin_in_the_missing_hour_begin_when_the_clock_goes_on() -> None:
    desk = working_time("Australia/Melbourne", sun="02:30-04:00")
    assert desk.next_open(at("2026-10-03T12:00:00Z")) == at("2026-10-03T16:00:00Z")


def test_adding_hours_over_a_change_counts_real_seconds() -> None:
    """`sla.md` 8.9."""
    desk = working_time("Australia/Melbourne", daily=ALWAYS)
    assert desk.add(at("2026-10-03T15:00:00Z"), 2 * HOUR) == at("2026-10-03T17:00:00Z")


def test_a_date_that_never_happened_has_no_hours() -> None:
    desk = WorkingTime(
        a_schedule("Pacific/Apia", daily="09:00-17:00", exceptions={"2011-12-30": "00:00-24:00"})
    )
    # Thursday the 29th closed at 17:00 (UTC-10); the next date on the wall was Saturday the 31st.
    closing, opening = at("2011-12-30T03:00:00Z"), at("2011-12-30T19:00:00Z")
    assert desk.next_open(closing) == opening
    assert desk.elapsed(closing, opening) == 0


def test_round_the_clock_in_apia_has_no_gap_at_the_missing_date() -> None:
    desk = working_time("Pacific/Apia", daily=ALWAYS)
    assert desk.elapsed(at("2011-12-30T00:00Z"), at("2011-12-31T00:00Z")) == 24 * HOUR


def test_a_holiday_on_the_day_of_the_change_closes_all_25_hours() -> None:
    desk = WorkingTime(
        a_schedule("Australia/Melbourne", daily=ALWAYS, holidays={"2026-04-05": "Easter Sunday"})
    )
    closing, opening = at("2026-04-04T13:00:00Z"), at("2026-04-05T14:00:00Z")
    assert desk.next_close(at("2026-04-04T00:00:00Z")) == closing
    assert desk.next_open(closing) == opening
