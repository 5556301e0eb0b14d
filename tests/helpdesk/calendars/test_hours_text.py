"""Hours as people write them."""

import pytest

from helpdesk.calendars.hours_text import parse_hours, text_of_hours
from helpdesk.calendars.working_time import Hours, ScheduleError


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("09:00-17:00", ((540, 1020),)),
        ("9:00 – 12:30 ; 13:15 to 17:00", ((540, 750), (795, 1020))),
        ("00:00-24:00", ((0, 1440),)),
        ("", ()),
        (" Closed ", ()),
    ],
)
def test_a_line_is_read(text: str, hours: Hours) -> None:
    assert parse_hours(text, day="Monday") == hours


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("09:00", "Monday: “09:00” is not an interval. Write it like 09:00-17:00"),
        ("nine to five", "Monday: “nine to five” is not an interval"),
        ("09:00-17:00,", "Monday: “” is not an interval"),
        ("09:00-17:65", "Monday: 17:65 is not a time of day."),
        ("09:00-25:00", "Monday: 25:00 is not a time of day."),
        ("09:00-24:30", "Monday: hours must lie between 00:00 and 24:00."),
        ("22:00-02:00", "Monday: 22:00-02:00 does not close after it opens. Hours over midnight"),
    ],
)
def test_a_line_that_cannot_be_meant_gets_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ScheduleError) as refusal:
        parse_hours(text, day="Monday")
    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize("text", ["09:00-12:30, 13:15-17:00", "00:00-24:00", "closed"])
def test_written_hours_are_read_back(text: str) -> None:
    assert text_of_hours(parse_hours(text, day="Monday")) == text
