"""Public holidays: a library seeds them, people confirm them.

No library knows them all: some dates are gazetted year by year, some are announced days ahead
(SLA lessons, 13). So every date says where it comes from and who has confirmed it.
"""

from datetime import datetime

from django.db import transaction

from helpdesk.calendars.models import Holiday, Region
from helpdesk.calendars.publishing import publish_region
from helpdesk.calendars.working_time import Holiday as HolidayDate


def holidays_of(region: Region, year: int) -> tuple[HolidayDate, ...]:
    """What the library knows of a year in `region`, in English, by date.

    Raises `LookupError` with a sentence if it does not know the country or subdivision.
    """
    # Loaded here: every process of the desk would carry its 12 MB and the time to build its tables.
    import holidays

    try:
        known = holidays.country_holidays(
            region.country,
            subdiv=region.subdivision or None,
            years=year,
            language=_english_of(region.country, holidays.list_localized_countries()),
        )
    except NotImplementedError as error:
        raise LookupError(
            f"The holiday library does not know {region.country} {region.subdivision}".rstrip()
            + f". Check the codes of {region}, or enter its holidays by hand."
        ) from error
    return tuple(HolidayDate(day, name) for day, name in sorted(known.items()))


@transaction.atomic
def bring_in_holidays(region: Region, *, year: int, by: str, at: datetime) -> int:
    """Add the dates of `year` that `region` lacks and publish its calendars; how many it lacked.

    Dates that are there, ticked or not, stay as they are. Raises as `holidays_of`.
    """
    present = set(region.holidays.of_year(year).values_list("date", flat=True))
    missing = [
        Holiday(region=region, date=known.date, name=known.name, source=Holiday.Source.LIBRARY)
        for known in holidays_of(region, year)
        if known.date not in present
    ]
    Holiday.objects.bulk_create(missing, ignore_conflicts=True)
    publish_region(
        region, by=by, why=f"Holidays of {year} brought in for {region}.", effective_at=at
    )
    return len(missing)


def _english_of(country: str, languages: dict[str, list[str]]) -> str | None:
    """The English that the country's own holidays are written in, or else American; or None."""
    written = languages.get(country, [])
    return next((name for name in (f"en_{country}", "en_US") if name in written), None)
