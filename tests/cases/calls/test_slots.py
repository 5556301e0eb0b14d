"""Which times are offered: tables, and what must hold whatever the diaries, clock changes too."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.calls.slots import STEP, Diary, Stretch, free_slots, is_on_the_step
from helpdesk.calendars.working_time import WorkingTime
from tests.helpdesk.calendars.schedules import a_schedule

MELBOURNE = ZoneInfo("Australia/Melbourne")
OFFICE = WorkingTime(a_schedule(mon_fri="09:00-17:00"))
TUESDAY = datetime(2026, 5, 12, tzinfo=MELBOURNE)
WEEKDAYS = (((9 * 60, 17 * 60),),) * 5 + ((), ())
ADA = Diary(agent=1, zone="Australia/Melbourne", weekly=WEEKDAYS, buffer_minutes=15)
BEN = replace(ADA, agent=2)


def clock(text: str, day: datetime = TUESDAY) -> datetime:
    hour, minute = map(int, text.split(":"))
    return day.replace(hour=hour, minute=minute).astimezone(UTC)


def stretch(start: str, end: str) -> Stretch:
    return Stretch(clock(start), clock(end))


def office(start: datetime, end: datetime) -> list[Stretch]:
    return [Stretch(span.start, span.end) for span in OFFICE.spans(start, end) if span.is_counted]


def offered(*diaries: Diary, minutes: int = 60, since: str = "00:00", until: str = "23:59") -> str:
    """The times of that Tuesday, as Melbourne reads them."""
    start, end = clock(since), clock(until)
    slots = free_slots(
        diaries,
        office=office(start, end + timedelta(hours=4)),
        minutes=minutes,
        earliest=start,
        latest=end,
    )
    return " ".join(f"{slot.starts_at.astimezone(MELBOURNE):%H:%M}" for slot in slots)


@pytest.mark.parametrize(
    ("diary", "minutes", "since", "expected"),
    [
        (ADA, 60, "14:00", "14:00 14:30 15:00 15:30 16:00"),
        (ADA, 30, "15:30", "15:30 16:00 16:30"),
        (ADA, 60, "14:10", "14:30 15:00 15:30 16:00"),
        (ADA, 60, "16:01", ""),
        (ADA, 480, "00:00", "09:00"),
        (ADA, 481, "00:00", ""),
        (replace(ADA, weekly=((),) * 7), 60, "00:00", ""),
        (replace(ADA, weekly=(((600, 720),),) * 7), 60, "00:00", "10:00 10:30 11:00"),
        (replace(ADA, weekly=(((960, 1320),),) * 7), 60, "00:00", "16:00"),
        (replace(ADA, zone="Pacific/Auckland"), 60, "13:00", "13:00 13:30 14:00"),
        (replace(ADA, away=(stretch("09:00", "15:10"),)), 60, "00:00", "15:30 16:00"),
        (
            replace(ADA, away=(stretch("08:00", "10:00"), stretch("11:00", "16:30"))),
            30,
            "00:00",
            "10:00 10:30 16:30",
        ),
        (replace(ADA, calls=(stretch("10:00", "16:15"),)), 30, "00:00", "09:00 16:30"),
        (replace(ADA, calls=(stretch("10:00", "16:15"),)), 60, "00:00", ""),
        (replace(ADA, calls=(stretch("09:00", "16:15"),), calls_a_day=1), 30, "00:00", ""),
    ],
)
def test_what_is_offered(diary: Diary, minutes: int, since: str, expected: str) -> None:
    assert offered(diary, minutes=minutes, since=since) == expected


def test_two_agents_leave_a_time_while_either_is_free() -> None:
    busy = replace(ADA, away=(stretch("09:00", "16:00"),))
    assert offered(busy, BEN, since="15:30") == "15:30 16:00"


def test_a_time_names_the_agents_in_the_order_in_which_they_were_given() -> None:
    start = clock("10:00")
    slots = free_slots(
        [BEN, ADA],
        office=office(start, start + timedelta(hours=2)),
        minutes=60,
        earliest=start,
        latest=start + STEP,
    )
    assert [slot.agents for slot in slots] == [(2, 1)]


def test_the_pause_after_a_call_may_reach_beyond_the_hours() -> None:
    assert offered(replace(ADA, buffer_minutes=120), since="16:00") == "16:00"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Melbourne puts its clocks back on 5 April 2026 and forward on 4 October 2026.
        (datetime(2026, 4, 6, tzinfo=MELBOURNE), "2026-04-05T23:00"),
        (datetime(2026, 10, 5, tzinfo=MELBOURNE), "2026-10-04T22:00"),
    ],
)
def test_nine_o_clock_is_nine_o_clock_before_and_after_a_clock_change(
    day: datetime, expected: str
) -> None:
    start = day.astimezone(UTC)
    slots = free_slots(
        [ADA],
        office=office(start, start + timedelta(days=1)),
        minutes=60,
        earliest=start,
        latest=start + timedelta(days=1),
    )
    assert f"{slots[0].starts_at:%Y-%m-%dT%H:%M}" == expected


ZONES = ["Australia/Melbourne", "Pacific/Auckland", "America/Chicago", "Australia/Lord_Howe"]
CLOCK_CHANGES = [
    datetime(2026, 4, 3, tzinfo=UTC),
    datetime(2026, 10, 2, tzinfo=UTC),
    datetime(2026, 3, 6, tzinfo=UTC),
    datetime(2026, 5, 10, tzinfo=UTC),
]


@st.composite
def stretches_around(draw: st.DrawFn, base: datetime) -> tuple[Stretch, ...]:
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start = base + timedelta(minutes=draw(st.integers(0, 4 * 24 * 60)))
        found.append(Stretch(start, start + timedelta(minutes=draw(st.integers(1, 600)))))
    return tuple(found)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Diary, datetime, int]:
    """A diary around a clock change, an instant to look from, and a length."""
    base = draw(st.sampled_from(CLOCK_CHANGES))
    opens = draw(st.integers(0, 20)) * 60
    hours = ((opens, min(opens + draw(st.integers(1, 14)) * 60, 24 * 60)),)
    diary = Diary(
        agent=1,
        zone=draw(st.sampled_from(ZONES)),
        weekly=(hours,) * 7,
        away=draw(stretches_around(base)),
        calls=draw(stretches_around(base)),
        calls_a_day=draw(st.integers(1, 4)),
        buffer_minutes=draw(st.sampled_from([0, 15, 45])),
    )
    return diary, base + timedelta(seconds=draw(st.integers(0, 86_400))), draw(st.integers(1, 240))


def slots_of(diary: Diary, since: datetime, minutes: int) -> list[datetime]:
    until = since + timedelta(days=3)
    hours = office(since, until + timedelta(minutes=minutes))
    slots = free_slots([diary], office=hours, minutes=minutes, earliest=since, latest=until)
    return [slot.starts_at for slot in slots]


def is_free(diary: Diary, start: datetime, minutes: int) -> bool:
    """The rule told again, minute by minute, without intervals."""
    theirs = WorkingTime(a_schedule(diary.zone, daily="00:00-00:01"))
    theirs = WorkingTime(replace(theirs.schedule, weekly=diary.weekly))
    for minute in range(minutes):
        at = start + timedelta(minutes=minute)
        if not OFFICE.is_open(at) or not theirs.is_open(at):
            return False
    taken = Stretch(start, start + timedelta(minutes=minutes))
    pause = Stretch(start, taken.end + timedelta(minutes=diary.buffer_minutes))
    zone = ZoneInfo(diary.zone)
    days = [call.start.astimezone(zone).date() for call in diary.calls]
    return (
        not any(taken.overlaps(absence) for absence in diary.away)
        and not any(pause.overlaps(call) for call in diary.calls)
        and days.count(start.astimezone(zone).date()) < diary.calls_a_day
    )


@settings(max_examples=60, deadline=None)
@given(situations())
def test_a_time_is_offered_if_and_only_if_every_minute_of_it_is_free(
    situation: tuple[Diary, datetime, int],
) -> None:
    diary, since, minutes = situation
    first = since + -(since - datetime(1970, 1, 1, tzinfo=UTC)) % STEP
    steps = [first + STEP * number for number in range(3 * 48)]
    expected = [
        start
        for start in steps
        if start < since + timedelta(days=3) and is_free(diary, start, minutes)
    ]
    assert slots_of(diary, since, minutes) == expected


@settings(max_examples=60, deadline=None)
@given(situations())
def test_times_are_in_order_on_the_step_and_not_too_soon(
    situation: tuple[Diary, datetime, int],
) -> None:
    diary, since, minutes = situation
    found = slots_of(diary, since, minutes)
    assert found == sorted(set(found))
    assert all(is_on_the_step(start) and start >= since for start in found)


@settings(max_examples=60, deadline=None)
@given(situations())
def test_booking_an_offered_time_leaves_no_time_that_overlaps_it(
    situation: tuple[Diary, datetime, int],
) -> None:
    diary, since, minutes = situation
    for start in slots_of(diary, since, minutes)[:1]:
        end = start + timedelta(minutes=minutes + diary.buffer_minutes)
        booked = replace(diary, calls=(*diary.calls, Stretch(start, end)))
        taken, length = Stretch(start, end), timedelta(minutes=minutes)
        left = slots_of(booked, since, minutes)
        assert not any(Stretch(at, at + length).overlaps(taken) for at in left)
