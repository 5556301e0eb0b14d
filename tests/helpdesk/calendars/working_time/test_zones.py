"""Offsets over time, found by looking every third day."""

from zoneinfo import ZoneInfo

import pytest

from helpdesk.calendars.working_time import rules_fingerprint
from helpdesk.calendars.working_time.zones import (
    BLOCK,
    instant_of,
    regimes_of_block,
    seconds_of,
)
from tests.helpdesk.calendars.schedules import at


@pytest.mark.parametrize(
    ("zone", "change", "before", "after"),
    [
        ("Australia/Melbourne", "2026-10-03T16:00:00Z", 36_000, 39_600),
        ("Australia/Lord_Howe", "2026-10-03T15:30:00Z", 37_800, 39_600),
        ("Pacific/Apia", "2011-12-30T10:00:00Z", -36_000, 50_400),
        # Summer time was called off after a week.
        ("America/Recife", "2000-10-08T03:00:00Z", -10_800, -7_200),
        ("America/Recife", "2000-10-15T02:00:00Z", -7_200, -10_800),
    ],
)
def test_a_change_is_found_to_the_second(zone: str, change: str, before: int, after: int) -> None:
    second = seconds_of(at(change))
    regimes = regimes_of_block(zone, second // BLOCK)
    [index] = [index for index, regime in enumerate(regimes) if regime.start == second]
    assert (regimes[index - 1].offset, regimes[index].offset) == (before, after)


def test_regimes_cover_a_block_without_a_gap() -> None:
    regimes = regimes_of_block("Africa/Casablanca", 38)
    assert [regime.start for regime in regimes[1:]] == [regime.end for regime in regimes[:-1]]
    assert (regimes[0].start, regimes[-1].end) == (38 * BLOCK, 39 * BLOCK)


def test_the_offset_of_every_hour_agrees_with_the_time_zone_database() -> None:
    zone = ZoneInfo("America/New_York")
    wrong = [
        second
        for regime in regimes_of_block("America/New_York", 40)
        for second in range(regime.start, regime.end, 3_600)
        if instant_of(second + regime.offset).replace(tzinfo=None)
        != instant_of(second).astimezone(zone).replace(tzinfo=None)
    ]
    assert wrong == []


def test_the_fingerprint_of_a_zone_is_its_rules() -> None:
    assert rules_fingerprint("Australia/Melbourne") == rules_fingerprint("Australia/Sydney")
    assert rules_fingerprint("Australia/Melbourne") != rules_fingerprint("Australia/Brisbane")
