"""When a mail says that it was written."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 200


def parse(field: str) -> datetime | None:
    """The time in a Date field, aware (UTC where the zone is missing); None if it is no date."""
    try:
        when = parsedate_to_datetime(field[:_LONGEST])
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    try:
        aware = when if when.tzinfo else when.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
