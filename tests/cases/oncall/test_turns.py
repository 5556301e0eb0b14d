"""Who is on call when: tables of readings on the wall."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from cases.oncall.turns import Gap, Layer, Override, Shift, Turn, gaps, on_call, turns

ZONE = "Australia/Melbourne"
ADA, BEN, LEA = 1, 2, 3


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def weekly(person: int, first_on: str, **facts: object) -> Shift:
    values: dict[str, object] = {
        "starts_at": time(9),
        "days": 7,
        "ends_at": time(9),
        "every_weeks": 2,
        **facts,
    }
    return Shift(person, date.fromisoformat(first_on), **values)  # type: ignore[arg-type]


WEEKS = Layer("Primary", (weekly(ADA, "2026-06-01"), weekly(BEN, "2026-06-08")))
NIGHTS = Layer("Primary", (weekly(ADA, "2026-06-01", starts_at=time(17), days=1, every_weeks=1),))


def who(layer: Layer, text: str) -> list[int]:
    return [turn.person for turn in on_call((layer,), zone=ZONE, at=at(text))]


@pytest.mark.parametrize(
    ("when", "persons"),
    [
        ("2026-05-31T22:59:59", []),
        ("2026-05-31T23:00:00", [ADA]),
        ("2026-06-07T22:59:59", [ADA]),
        ("2026-06-07T23:00:00", [BEN]),
        ("2026-06-14T23:00:00", [ADA]),
        # Melbourne is an hour further ahead from October on: 09:00 is 22:00 then.
        ("2026-10-11T21:59:59", [ADA]),
        ("2026-10-11T22:00:00", [BEN]),
        ("2036-06-02T00:00:00", [ADA]),
    ],
)
def test_weeks_change_hands_on_monday_at_nine_on_the_wall(when: str, persons: list[int]) -> None:
    assert who(WEEKS, when) == persons


@pytest.mark.parametrize(
    ("when", "persons"),
    [
        ("2026-06-01T06:59:59", []),
        ("2026-06-01T07:00:00", [ADA]),
        ("2026-06-01T22:59:59", [ADA]),
        ("2026-06-01T23:00:00", []),
        ("2026-06-02T08:00:00", []),
    ],
)
def test_a_night_of_the_week_ends_in_the_morning(when: str, persons: list[int]) -> None:
    assert who(NIGHTS, when) == persons


def test_a_shift_ends_with_its_last_date() -> None:
    layer = Layer("Primary", (weekly(ADA, "2026-06-01", every_weeks=1, until_on=date(2026, 6, 8)),))
    assert who(layer, "2026-06-14T22:59:59") == [ADA]
    assert who(layer, "2026-06-14T23:00:00") == []


def test_whoever_stands_in_is_called_and_of_two_the_later() -> None:
    first = Override(LEA, at("2026-06-02T00:00"), at("2026-06-04T00:00"))
    later = Override(BEN, at("2026-06-03T00:00"), at("2026-06-03T12:00"))
    layer = Layer("Primary", WEEKS.shifts, (first, later))
    found = turns(layer, zone=ZONE, start=at("2026-06-01T23:00"), end=at("2026-06-05T00:00"))
    assert [(turn.person, turn.start.day, turn.is_override) for turn in found] == [
        (ADA, 1, False),
        (LEA, 2, True),
        (BEN, 3, True),
        (LEA, 3, True),
        (ADA, 4, False),
    ]


def test_of_two_shifts_the_one_that_began_later_counts() -> None:
    layer = Layer("Primary", (*WEEKS.shifts, weekly(LEA, "2026-06-03", days=1, every_weeks=12)))
    assert who(layer, "2026-06-03T00:00") == [LEA]
    assert who(layer, "2026-06-04T00:00") == [ADA]


def test_a_night_with_a_clock_change_is_an_hour_longer_or_shorter() -> None:
    night = Shift(ADA, date(2026, 4, 4), time(22), 1, time(6))
    short = Shift(ADA, date(2026, 10, 3), time(22), 1, time(6))
    lengths = [
        found.end - found.start
        for shift in (night, short)
        for found in turns(
            Layer("Primary", (shift,)),
            zone=ZONE,
            start=at(f"{shift.first_on}T00:00"),
            end=at(f"{shift.first_on}T23:59"),
        )
    ]
    assert lengths == [timedelta(hours=9), timedelta(hours=7)]


def test_gaps_are_what_nobody_covers() -> None:
    found = gaps(NIGHTS, zone=ZONE, start=at("2026-06-01T00:00"), end=at("2026-06-02T00:00"))
    assert found == [
        Gap("Primary", at("2026-06-01T00:00"), at("2026-06-01T07:00")),
        Gap("Primary", at("2026-06-01T23:00"), at("2026-06-02T00:00")),
    ]


def test_turns_that_meet_are_one() -> None:
    layer = Layer("Primary", (weekly(ADA, "2026-06-01", every_weeks=1),))
    start, end = at("2026-06-01T00:00"), at("2026-07-01T00:00")
    assert turns(layer, zone=ZONE, start=start, end=end) == [Turn("Primary", ADA, start, end)]


def test_a_layer_without_shifts_is_a_gap() -> None:
    start, end = at("2026-06-01T00:00"), at("2026-06-02T00:00")
    assert gaps(Layer("Lead"), zone=ZONE, start=start, end=end) == [Gap("Lead", start, end)]
