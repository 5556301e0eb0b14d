"""The stretches a receipt shows."""

from helpdesk.calendars.working_time import Cause, Span, WorkingTime
from tests.helpdesk.calendars.schedules import a_schedule, at, working_time

CUP_DAY = WorkingTime(
    a_schedule(
        "UTC",
        mon_fri="09:00-17:00",
        holidays={"2026-11-03": "Melbourne Cup Day"},
        exceptions={"2026-11-04": "09:00-12:00"},
    )
)


def test_a_long_weekend_is_told_piece_by_piece_with_its_causes() -> None:
    spans = CUP_DAY.spans(at("2026-11-02T16:00Z"), at("2026-11-05T10:00Z"))
    assert [_told(span) for span in spans] == [
        ("02 16:00", "02 17:00", True, Cause.WEEKLY_HOURS, ""),
        ("02 17:00", "03 00:00", False, Cause.WEEKLY_HOURS, ""),
        ("03 00:00", "04 00:00", False, Cause.HOLIDAY, "Melbourne Cup Day"),
        ("04 00:00", "04 09:00", False, Cause.EXCEPTION, "Special day"),
        ("04 09:00", "04 12:00", True, Cause.EXCEPTION, "Special day"),
        ("04 12:00", "05 00:00", False, Cause.EXCEPTION, "Special day"),
        ("05 00:00", "05 09:00", False, Cause.WEEKLY_HOURS, ""),
        ("05 09:00", "05 10:00", True, Cause.WEEKLY_HOURS, ""),
    ]


def test_nothing_lies_between_an_instant_and_itself() -> None:
    assert CUP_DAY.spans(at("2026-11-02T16:00Z"), at("2026-11-02T16:00Z")) == ()
    assert CUP_DAY.spans(at("2026-11-02T16:00Z"), at("2026-11-02T15:00Z")) == ()


def test_a_closed_weekend_is_one_span() -> None:
    [before, weekend, after] = CUP_DAY.spans(at("2026-11-06T16:00Z"), at("2026-11-09T10:00Z"))
    assert weekend.start, weekend.end == (before.end, after.start)
    assert weekend.seconds == 64 * 3600


def test_round_the_clock_is_one_span_over_a_clock_change() -> None:
    always = working_time("Australia/Melbourne", daily="00:00-24:00")
    [span] = always.spans(at("2026-10-02T00:00Z"), at("2026-10-06T00:00Z"))
    assert (span.is_counted, span.seconds) == (True, 4 * 86_400)


def _told(span: Span) -> tuple[str, str, bool, Cause, str]:
    return (
        f"{span.start:%d %H:%M}",
        f"{span.end:%d %H:%M}",
        span.is_counted,
        span.cause,
        span.name,
    )
