"""Regions and calendars to begin with, from the files in `shipped/`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from helpdesk.calendars.holiday_source import bring_in_holidays
from helpdesk.calendars.hours_text import parse_hours
from helpdesk.calendars.models import Calendar, Region
from helpdesk.calendars.publishing import publish_version
from helpdesk.calendars.working_time import WEEKDAY_KEYS, Weekly

SHIPPED = Path(__file__).parent / "shipped"


@dataclass(frozen=True)
class Loaded:
    """How many of each a preset added; nothing that was there is touched."""

    regions: int
    holidays: int
    calendars: int


@transaction.atomic
def load_preset(name: str, *, by: str, now: datetime) -> Loaded:
    """Add what the preset `name` holds and the desk lacks, with the holidays of three years.

    The years are last year (for reports), this one and the next. Safe to run again: what
    exists stays as it is. Raises `LookupError` with a sentence for an unknown name.
    """
    preset = _read(name)
    regions = [_add_region(facts) for facts in preset["regions"]]
    # Holidays first, so that a new calendar's first version knows them.
    holidays = [
        bring_in_holidays(Region.objects.get(code=facts["code"]), year=year, by=by, at=now)
        for facts in preset["regions"]
        for year in (now.year - 1, now.year, now.year + 1)
    ]
    calendars = [_add_calendar(facts, by=by, now=now) for facts in preset["calendars"]]
    return Loaded(sum(regions), sum(holidays), sum(calendars))


def preset_names() -> list[str]:
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def _read(name: str) -> dict[str, Any]:
    if name not in preset_names():
        raise LookupError(f"There is no preset “{name}”. There are: {', '.join(preset_names())}.")
    return tomllib.loads((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))


def _add_region(facts: Mapping[str, Any]) -> bool:
    return Region.objects.get_or_create(code=facts["code"], defaults=facts)[1]


def _add_calendar(facts: Mapping[str, Any], *, by: str, now: datetime) -> bool:
    region = Region.objects.get(code=facts["region"]) if "region" in facts else None
    calendar, is_new = Calendar.objects.get_or_create(
        slug=facts["slug"],
        defaults={
            "name": facts["name"],
            "purpose": facts["purpose"],
            "region": region,
            "time_zone": facts["time_zone"],
            "observes_holidays": region is not None,
        },
    )
    if is_new:
        publish_version(
            calendar, by=by, why="Shipped preset", effective_at=now, weekly=_weekly(facts["hours"])
        )
    return is_new


def _weekly(hours: Mapping[str, str]) -> Weekly:
    return tuple(parse_hours(hours.get(key, ""), day=key) for key in WEEKDAY_KEYS)
