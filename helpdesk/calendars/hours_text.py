"""Hours as people write them: "09:00-12:30, 13:15-17:00", or "closed"."""

import re

from helpdesk.calendars.working_time import Hours, ScheduleError, clock, refuse_bad_hours

CLOSED = "closed"
_INTERVAL = re.compile(
    r"(?P<opens>\d{1,2}:\d{2})\s*(?:-|–|to)\s*(?P<closes>\d{1,2}:\d{2})", re.IGNORECASE
)


def parse_hours(text: str, *, day: str) -> Hours:
    """The hours that a line such as "09:00-12:30, 13:15-17:00" means; empty means closed.

    Raises `ScheduleError` with a sentence that names `day`.
    """
    text = text.strip()
    if not text or text.lower() == CLOSED:
        return ()
    hours = tuple(_interval(part.strip(), day=day) for part in re.split(r"[,;]", text))
    refuse_bad_hours(hours, day=day)
    return hours


def text_of_hours(hours: Hours) -> str:
    """The line that `parse_hours` reads back as `hours`."""
    return ", ".join(f"{clock(opens)}-{clock(closes)}" for opens, closes in hours) or CLOSED


def _interval(part: str, *, day: str) -> tuple[int, int]:
    match = _INTERVAL.fullmatch(part)
    if match is None:
        raise ScheduleError(
            f"{day}: “{part}” is not an interval. Write it like 09:00-17:00, several with commas."
        )
    return _minutes(match["opens"], day=day), _minutes(match["closes"], day=day)


def _minutes(time: str, *, day: str) -> int:
    hour, minute = (int(part) for part in time.split(":"))
    if hour > 24 or minute > 59:
        raise ScheduleError(f"{day}: {time} is not a time of day.")
    return hour * 60 + minute
