"""Days and minutes, by the clock of the desk."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from knowledgebase.notices.chart import bars_of
from knowledgebase.notices.history import Held, days_of
from knowledgebase.notices.lifecycle import Impact

MELBOURNE = ZoneInfo("Australia/Melbourne")
NOON = datetime(2026, 11, 24, 12, tzinfo=MELBOURNE)


def held(start: datetime, end: datetime | None, impact: Impact = Impact.OUTAGE) -> Held:
    return Held(start, end, impact, "Broken", 1)


def test_ninety_days_end_with_today() -> None:
    days = days_of([], now=NOON, zone=MELBOURNE, count=90)
    assert (len(days), days[0].date, days[-1].date) == (90, date(2026, 8, 27), date(2026, 11, 24))


def test_a_night_is_counted_on_both_of_its_days() -> None:
    night = held(NOON - timedelta(hours=13), NOON - timedelta(hours=10))
    days = days_of([night], now=NOON, zone=MELBOURNE, count=2)
    assert [(day.impact, day.minutes) for day in days] == [
        (Impact.OUTAGE, 60),
        (Impact.OUTAGE, 120),
    ]


def test_a_day_is_that_of_the_desk() -> None:
    early = held(datetime(2026, 11, 23, 13, 30, tzinfo=UTC), datetime(2026, 11, 23, 14, tzinfo=UTC))
    days = days_of([early], now=NOON, zone=MELBOURNE, count=2)
    assert [day.minutes for day in days] == [0, 30]


def test_what_overlaps_is_counted_once_and_the_worst_is_shown() -> None:
    both = [
        held(NOON - timedelta(hours=3), NOON - timedelta(hours=1), Impact.DEGRADED),
        held(NOON - timedelta(hours=2), None, Impact.PARTIAL),
    ]
    (day,) = days_of(both, now=NOON, zone=MELBOURNE, count=1)
    assert (day.impact, day.minutes) == (Impact.PARTIAL, 180)


def test_what_interrupts_nothing_takes_no_minutes() -> None:
    (day,) = days_of(
        [held(NOON - timedelta(hours=3), None, Impact.NONE)], now=NOON, zone=MELBOURNE, count=1
    )
    assert (day.minutes, len(day.notices)) == (0, 1)


def test_the_day_on_which_clocks_change_has_its_own_length() -> None:
    after = datetime(2026, 10, 5, 0, tzinfo=MELBOURNE)
    whole = held(after - timedelta(days=3), after, Impact.OUTAGE)
    days = days_of([whole], now=after + timedelta(hours=1), zone=MELBOURNE, count=2)
    assert days[0].minutes == 23 * 60


def test_a_worse_day_has_a_higher_bar_in_another_tone() -> None:
    days = days_of([held(NOON - timedelta(hours=1), None)], now=NOON, zone=MELBOURNE, count=2)
    calm, bad = bars_of(days).bars
    assert (calm.height, calm.tone, bad.height, bad.tone) == (10, "", 34, "waratah")
    assert (bad.y + bad.height, bad.words) == (34, "Unavailable")
