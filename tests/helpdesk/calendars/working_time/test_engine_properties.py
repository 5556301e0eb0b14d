"""What holds for every schedule, against a reference that follows the definition literally."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk.calendars.working_time import DatedHours, Holiday, Schedule, WorkingTime
from helpdesk.calendars.working_time.zones import BLOCK, instant_of

ZONES = (
    "Australia/Melbourne",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "America/New_York",
    "Africa/Casablanca",
    "Antarctica/Troll",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Asia/Beirut",
    "UTC",
)
# Nights of clock changes in these zones, dates that Kiritimati (1994) and Apia (2011) left out,
# and the seam of two blocks: where mistakes live.
CHANGES = [
    instant_of(40 * BLOCK),
    datetime(1994, 12, 31, 10, tzinfo=UTC),
    datetime(2011, 12, 30, 10, tzinfo=UTC),
    datetime(2026, 2, 15, 1, tzinfo=UTC),
    datetime(2026, 3, 8, 6, tzinfo=UTC),
    datetime(2026, 3, 28, 20, tzinfo=UTC),
    datetime(2026, 4, 4, 14, tzinfo=UTC),
    datetime(2026, 10, 3, 14, tzinfo=UTC),
    datetime(2026, 10, 24, 20, tzinfo=UTC),
    datetime(2026, 11, 1, 5, tzinfo=UTC),
]
changes = st.sampled_from(CHANGES)
instants = st.builds(
    lambda change, second: change + timedelta(seconds=second),
    changes,
    st.integers(-6 * 3600, 6 * 3600) | st.integers(-20 * 86_400, 20 * 86_400),
)
days = st.builds(
    lambda change, day: change.date() + timedelta(days=day), changes, st.integers(-2, 3)
)
amounts = st.integers(0, 60) | st.integers(0, 400 * 3600)
intervals = st.builds(
    lambda opens, half_hours: (opens, min(opens + half_hours * 30, 1440)),
    st.integers(0, 47).map(lambda half_hours: half_hours * 30) | st.integers(0, 1439),
    st.integers(1, 48),
)
hours = st.lists(intervals, max_size=3).map(tuple)
weeks = st.builds(
    lambda one, other, mask: tuple(one if mask >> day & 1 else other for day in range(7)),
    hours,
    hours,
    st.integers(0, 127),
)
schedules = st.builds(
    Schedule,
    zone=st.sampled_from(ZONES),
    weekly=weeks,
    holidays=st.lists(st.builds(Holiday, days), max_size=3).map(tuple),
    exceptions=st.lists(
        st.builds(DatedHours, days, hours), max_size=3, unique_by=lambda dated: dated.date
    ).map(tuple),
)
few = settings(max_examples=25, deadline=None)


@few
@given(schedules, st.lists(instants, min_size=10, max_size=10))
def test_is_open_agrees_with_the_definition(schedule: Schedule, at: list[datetime]) -> None:
    desk = WorkingTime(schedule)
    assert [desk.is_open(t) for t in at] == [_is_open_by_definition(schedule, t) for t in at]


@few
@given(schedules, changes, st.integers(-200, 200), st.integers(1, 300))
def test_elapsed_agrees_with_counting_minutes(
    schedule: Schedule, change: datetime, offset: int, length: int
) -> None:
    start = change + timedelta(minutes=offset)
    minutes_open = sum(
        _is_open_by_definition(schedule, start + timedelta(minutes=minute))
        for minute in range(length)
    )
    end = start + timedelta(minutes=length)
    assert WorkingTime(schedule).elapsed(start, end) == minutes_open * 60


@few
@given(schedules, instants, amounts)
def test_what_is_added_is_what_elapses_and_not_a_second_later(
    schedule: Schedule, start: datetime, seconds: int
) -> None:
    desk = WorkingTime(schedule)
    end = desk.add(start, seconds)
    if end is not None:
        assert desk.elapsed(start, end) == seconds
        assert desk.elapsed(start, end - timedelta(seconds=1)) == max(seconds - 1, 0)


@few
@given(schedules, instants, amounts, amounts)
def test_adding_in_two_steps_is_adding_at_once(
    schedule: Schedule, start: datetime, first: int, second: int
) -> None:
    desk = WorkingTime(schedule)
    middle = desk.add(start, first)
    if middle is not None:
        assert desk.add(middle, second) == desk.add(start, first + second)


@few
@given(schedules, instants, amounts)
def test_adding_what_elapsed_leads_back_or_earlier(
    schedule: Schedule, start: datetime, length: int
) -> None:
    """The earliest instant with that much behind it: what follows it until `end` is closed."""
    desk, end = WorkingTime(schedule), start + timedelta(seconds=length)
    back = desk.add(start, desk.elapsed(start, end))
    assert back is not None
    assert back <= end
    assert desk.elapsed(back, end) == 0


@few
@given(schedules, instants, st.integers(1, 86_400))
def test_nothing_elapses_backwards(schedule: Schedule, start: datetime, length: int) -> None:
    assert WorkingTime(schedule).elapsed(start, start - timedelta(seconds=length)) == 0


@few
@given(st.sampled_from(ZONES), days)
def test_an_exception_opens_a_holiday_to_the_end_of_its_day(zone: str, day: date) -> None:
    whole = ((0, 1440),)
    holiday, exception = Holiday(day), DatedHours(day, whole)
    desk = WorkingTime(Schedule(zone, ((),) * 7, (holiday,), (exception,)))
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
    midnights = [
        datetime(at.year, at.month, at.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        for at in (day, day + timedelta(days=1))
    ]
    lasting = int((midnights[1] - midnights[0]).total_seconds())
    assert desk.elapsed(start, start + timedelta(days=5)) == lasting


@few
@given(schedules, st.lists(instants, min_size=3, max_size=3).map(sorted))
def test_elapsed_adds_up(schedule: Schedule, at: list[datetime]) -> None:
    desk = WorkingTime(schedule)
    first, middle, last = at
    parts = desk.elapsed(first, middle) + desk.elapsed(middle, last)
    assert parts == desk.elapsed(first, last)


@few
@given(schedules, instants)
def test_next_open_is_open_and_nothing_before_it_is(schedule: Schedule, start: datetime) -> None:
    desk = WorkingTime(schedule)
    opening = desk.next_open(start)
    if opening is not None:
        assert desk.is_open(opening)
        assert desk.elapsed(start, opening) == 0


@few
@given(schedules, instants)
def test_everything_until_next_close_is_open(schedule: Schedule, start: datetime) -> None:
    desk = WorkingTime(schedule)
    closing = desk.next_close(start)
    if closing is not None:
        assert not desk.is_open(closing)
        assert desk.elapsed(start, closing) == (closing - start).total_seconds()


@few
@given(schedules, instants, st.integers(1, 10 * 86_400))
def test_spans_cover_the_stretch_and_count_what_elapsed(
    schedule: Schedule, start: datetime, length: int
) -> None:
    desk = WorkingTime(schedule)
    end = start + timedelta(seconds=length)
    spans = desk.spans(start, end)
    assert [span.start for span in spans[1:]] == [span.end for span in spans[:-1]]
    assert (spans[0].start, spans[-1].end) == (start, end)
    assert sum(span.seconds for span in spans if span.is_counted) == desk.elapsed(start, end)


def _is_open_by_definition(schedule: Schedule, instant: datetime) -> bool:
    """C7, word for word: what the wall clock shows, looked up in that date's hours."""
    wall = instant.astimezone(ZoneInfo(schedule.zone))
    reading = wall.hour * 60 + wall.minute
    return any(opens <= reading < closes for opens, closes in _hours_of(schedule, wall.date()))


def _hours_of(schedule: Schedule, day: date) -> tuple[tuple[int, int], ...]:
    for dated in schedule.exceptions:
        if dated.date == day:
            return dated.hours
    if any(holiday.date == day for holiday in schedule.holidays):
        return ()
    return schedule.weekly[day.weekday()]
