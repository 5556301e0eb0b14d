"""Periods of a package: tables and what must always hold."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.entitlements.periods import earlier, period_start, start_of_day


@pytest.mark.parametrize(
    ("first", "number", "months", "expected"),
    [
        (date(2026, 5, 1), 0, 1, date(2026, 5, 1)),
        (date(2026, 5, 1), 1, 1, date(2026, 6, 1)),
        (date(2026, 12, 15), 1, 1, date(2027, 1, 15)),
        (date(2026, 1, 31), 1, 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 2, 1, date(2026, 3, 31)),
        (date(2028, 1, 31), 1, 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, 3, date(2027, 2, 28)),
        (date(2028, 2, 29), 1, 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 4, 12, date(2032, 2, 29)),
    ],
)
def test_a_period_begins_on_the_day_of_the_month_that_the_term_began(
    first: date, number: int, months: int, expected: date
) -> None:
    assert period_start(first, number, months=months) == expected


@given(
    st.dates(date(2020, 1, 1), date(2060, 1, 1)),
    st.integers(0, 60),
    st.sampled_from([1, 3, 12]),
)
def test_periods_follow_each_other_without_gap_or_overlap(
    first: date, number: int, months: int
) -> None:
    starts = [period_start(first, number + step, months=months) for step in range(4)]
    assert all(one < two for one, two in pairwise(starts))
    assert all((two - one).days <= 31 * months for one, two in pairwise(starts))


@pytest.mark.parametrize(
    ("day", "zone", "expected"),
    [
        (date(2026, 5, 1), "Australia/Melbourne", datetime(2026, 4, 30, 14, tzinfo=UTC)),
        (date(2026, 12, 1), "Australia/Melbourne", datetime(2026, 11, 30, 13, tzinfo=UTC)),
        (date(2026, 12, 1), "America/Chicago", datetime(2026, 12, 1, 6, tzinfo=UTC)),
    ],
)
def test_a_day_begins_by_the_clock_of_its_zone(day: date, zone: str, expected: datetime) -> None:
    assert start_of_day(day, zone=zone) == expected


def test_never_is_later_than_any_end() -> None:
    end = datetime(2026, 5, 1, tzinfo=UTC)
    assert (earlier(None, end), earlier(end, None), earlier(None, None)) == (end, end, None)
