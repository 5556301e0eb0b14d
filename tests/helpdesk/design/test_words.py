"""Times and lengths in words."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from helpdesk.design import words

MELBOURNE, AUCKLAND = ZoneInfo("Australia/Melbourne"), ZoneInfo("Pacific/Auckland")
NOW = datetime(2026, 11, 24, 3, 20, tzinfo=UTC)  # Tuesday 14:20 in Melbourne


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW, "today 14:20"),
        (NOW - timedelta(days=1), "yesterday 14:20"),
        (NOW + timedelta(days=1), "tomorrow 14:20"),
        (NOW + timedelta(days=6), "Mon 30 Nov, 14:20"),
        (NOW - timedelta(days=400), "20 Oct 2025, 14:20"),
        (datetime(2026, 11, 23, 12, 59, tzinfo=UTC), "yesterday 23:59"),
        (datetime(2026, 11, 23, 13, 0, tzinfo=UTC), "today 00:00"),
    ],
)
def test_a_time_is_said_as_people_say_it(at: datetime, said: str) -> None:
    assert words.when_words(at, now=NOW, zone=MELBOURNE) == said


def test_the_day_is_the_readers_day() -> None:
    evening = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
    assert words.when_words(evening, now=evening, zone=MELBOURNE) == "today 22:30"
    assert words.when_words(evening, now=NOW, zone=AUCKLAND) == "tomorrow 00:30"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (MELBOURNE, "Tue 24 Nov 2026, 14:20:00 AEDT (Melbourne)"),
        (ZoneInfo("America/New_York"), "Mon 23 Nov 2026, 22:20:00 EST (New York)"),
        (ZoneInfo("Asia/Dubai"), "Tue 24 Nov 2026, 07:20:00 UTC+04 (Dubai)"),
        (UTC, "Tue 24 Nov 2026, 03:20:00 UTC"),
        (timezone(timedelta(hours=2)), "Tue 24 Nov 2026, 05:20:00 UTC+02:00"),
    ],
)
def test_the_exact_time_names_its_zone(zone: ZoneInfo, said: str) -> None:
    assert words.exact_words(NOW, zone=zone) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (4800, "1 h 20 min"),
        (-4800, "1 h 20 min"),
        (86400, "1 d"),
        (97200, "1 d 3 h"),
    ],
)
def test_a_length_is_said_in_its_two_largest_units(seconds: float, said: str) -> None:
    assert words.length_words(seconds).replace("\N{NO-BREAK SPACE}", " ") == said
