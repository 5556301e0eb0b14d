"""What holds for every rota, in every zone, at every clock change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.oncall.turns import (
    Gap,
    Layer,
    Override,
    Shift,
    Turn,
    gaps,
    occurrences,
    on_call,
    turns,
)

START = datetime(2026, 3, 1, tzinfo=UTC)
END = datetime(2026, 11, 30, tzinfo=UTC)
ZONES = st.sampled_from(
    ["Australia/Melbourne", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]
)
PERSONS = st.integers(1, 4)
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
INSTANTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 29), timezones=st.just(UTC))

SHIFTS = st.builds(
    Shift,
    person=PERSONS,
    first_on=st.dates(date(2026, 2, 1), date(2026, 9, 30)),
    starts_at=CLOCKS,
    days=st.integers(1, 7),
    ends_at=CLOCKS,
    every_weeks=st.integers(1, 4),
)
OVERRIDES = st.builds(
    lambda person, start, hours: Override(person, start, start + timedelta(hours=hours)),
    PERSONS,
    INSTANTS,
    st.integers(1, 100),
)
LAYERS = st.builds(
    Layer,
    name=st.just("Primary"),
    shifts=st.lists(SHIFTS, max_size=3).map(tuple),
    overrides=st.lists(OVERRIDES, max_size=3).map(tuple),
)


@given(layer=LAYERS, zone=ZONES)
@settings(max_examples=60, deadline=None)
def test_turns_and_gaps_cover_every_instant_exactly_once(layer: Layer, zone: str) -> None:
    pieces: list[Turn | Gap] = [
        *turns(layer, zone=zone, start=START, end=END),
        *gaps(layer, zone=zone, start=START, end=END),
    ]
    edges = sorted((piece.start, piece.end) for piece in pieces)
    assert edges[0][0] == START
    assert edges[-1][1] == END
    assert all(left[1] == right[0] for left, right in pairwise(edges))


@given(layer=LAYERS, zone=ZONES, at=INSTANTS)
@settings(max_examples=150, deadline=None)
def test_whoever_is_on_call_is_whose_turn_it_is(layer: Layer, zone: str, at: datetime) -> None:
    now = [turn.person for turn in on_call((layer,), zone=zone, at=at)]
    long = [
        turn.person
        for turn in turns(layer, zone=zone, start=START, end=END)
        if turn.start <= at < turn.end
    ]
    assert now == long


@given(shift=SHIFTS, zone=ZONES)
@settings(max_examples=80, deadline=None)
def test_a_shift_begins_when_the_clock_on_the_wall_says_so(shift: Shift, zone: str) -> None:
    for begins, _ in occurrences(shift, zone=zone, start=START, end=END):
        wall = begins.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        planned = datetime.combine(wall.date(), shift.starts_at)
        assert timedelta() <= wall - planned <= timedelta(hours=1)
        assert (wall.date() - shift.first_on).days % (7 * shift.every_weeks) == 0


@given(layer=LAYERS, zone=ZONES, override=OVERRIDES)
@settings(max_examples=80, deadline=None)
def test_the_override_made_last_always_counts(layer: Layer, zone: str, override: Override) -> None:
    with_it = Layer(layer.name, layer.shifts, (*layer.overrides, override))
    found = turns(with_it, zone=zone, start=override.start, end=override.end)
    assert [turn.person for turn in found] == [override.person]


def test_the_shift_of_a_time_that_is_skipped_begins_after_it() -> None:
    shift = Shift(1, date(2026, 10, 4), time(2, 30), 1, time(9))
    begins, _ = next(occurrences(shift, zone="Australia/Melbourne", start=START, end=END))
    assert begins.astimezone(ZoneInfo("Australia/Melbourne")).time() == time(3, 30)
