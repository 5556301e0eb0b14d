"""Due times and lengths of working time in words."""

from datetime import datetime, tzinfo

from django.utils import dateformat

from helpdesk.calendars.working_time import zone_named
from helpdesk.design.words import length_words, when_words, zone_city


def due_words(due_at: datetime, *, now: datetime, zone: str) -> str:
    """ "Tue 24 Nov, 10:30 (Melbourne)" in the zone of that name."""
    return time_words(due_at, now=now, zone=zone_named(zone))


def time_words(at: datetime, *, now: datetime, zone: tzinfo) -> str:
    """ "today 14:20 (Melbourne)": a time never stands without its zone."""
    return f"{when_words(at, now=now, zone=zone)} ({zone_city(zone)})"


def date_words(at: datetime, *, zone: tzinfo) -> str:
    """ "Tue 24 Nov, 10:30 (Melbourne)" whatever today is: for mails, which are read later."""
    return f"{dateformat.format(at.astimezone(zone), 'D j M, H:i')} ({zone_city(zone)})"


def working_words(seconds: int) -> str:
    """ "3 h 20 min" of working time: in hours, as a working day is no 24 of them."""
    hours, rest = divmod(abs(seconds), 3_600)
    if hours < 24:
        return length_words(seconds)
    minutes = rest // 60
    return f"{hours}\N{NO-BREAK SPACE}h" + (f" {minutes}\N{NO-BREAK SPACE}min" if minutes else "")
