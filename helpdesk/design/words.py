"""Times and lengths in words, as people say them. Pure: the clock and the zone are arguments."""

from datetime import date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

MINUTE, HOUR, DAY = 60, 3600, 86400


def when_words(at: datetime, *, now: datetime, zone: tzinfo) -> str:
    """ "today 14:20", "Tue 24 Nov, 09:00", "24 Nov 2024, 09:00", by the clock of `zone`."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local:%H:%M}"
    near = _near_day(local.date(), today=today)
    if near:
        return f"{near} {clock}"
    return f"{day_words(local.date(), today=today)}, {clock}"


def day_words(day: date, *, today: date) -> str:
    """ "Tue 24 Nov" in this year, "24 Nov 2024" in another."""
    if day.year == today.year:
        return _weekday_and_day(day, get_language())
    return f"{day.day} {_month(day)} {day.year}"


def exact_words(at: datetime, *, zone: tzinfo) -> str:
    """ "Tue 24 Nov 2026, 09:00:12 AEDT (Melbourne)": for the title of a shortened time."""
    local = at.astimezone(zone)
    day = f"{_weekday_and_day(local.date(), get_language())} {local.year}"
    abbreviation = local.tzname() or ""
    if not abbreviation[:1].isalpha():  # zones without letters are named by their offset: "+07"
        abbreviation = f"UTC{abbreviation}"
    city = zone_city(zone)
    return f"{day}, {local:%H:%M:%S} {abbreviation}" + (
        f" ({city})" if city != abbreviation else ""
    )


def zone_city(zone: tzinfo) -> str:
    """ "Melbourne" for Australia/Melbourne, "UTC" for UTC."""
    name = zone.key if isinstance(zone, ZoneInfo) else str(zone)
    return name.rsplit("/", 1)[-1].replace("_", " ")


def length_words(seconds: float) -> str:
    """ "1 h 20 min", "2 d 3 h", "45 s": the two largest units, whole, never rounded up."""
    left = int(abs(seconds))
    if left < MINUTE:
        return _unit(left, "s")
    days, left = divmod(left, DAY)
    hours, left = divmod(left, HOUR)
    minutes = left // MINUTE
    if days:
        parts = [(days, "d"), (hours, "h")]
    elif hours:
        parts = [(hours, "h"), (minutes, "min")]
    else:
        parts = [(minutes, "min")]
    return " ".join(_unit(amount, unit) for amount, unit in parts if amount)


def _unit(amount: int, unit: str) -> str:
    return f"{amount}\N{NO-BREAK SPACE}{_signs(get_language())[unit]}"


@cache
def _signs(language: str | None) -> dict[str, str]:
    """Kept, since a list says sixty lengths and each look into a catalogue costs more than all."""
    return {
        "s": pgettext("seconds", "s"),
        "min": pgettext("minutes", "min"),
        "h": pgettext("hours", "h"),
        "d": pgettext("days", "d"),
    }


@lru_cache(maxsize=1000)
def _weekday_and_day(day: date, language: str | None) -> str:
    return f"{WEEKDAYS_ABBR[day.weekday()]} {day.day} {_month(day)}"


def _month(day: date) -> str:
    return str(MONTHS_3[day.month]).capitalize()


def _near_day(day: date, *, today: date) -> str:
    if day == today:
        return _("today")
    if day == today - timedelta(days=1):
        return _("yesterday")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    return ""
