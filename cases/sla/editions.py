"""The editions of stored calendars, kept in this process: a published version never changes."""

from functools import lru_cache, partial
from statistics import multimode

from cases.sla.reckoning import Edition, Piece
from helpdesk.calendars.models import CalendarVersion
from helpdesk.calendars.versions import working_time_of
from helpdesk.calendars.working_time import Hours, Weekly, WorkingTime


@lru_cache(maxsize=512)
def edition_of(version_id: int) -> Edition:
    """The calendar as the version with this id left it.

    Raises `CalendarVersion.DoesNotExist`.
    """
    version = CalendarVersion.objects.only("calendar_id", "number").get(pk=version_id)
    known = CalendarVersion.objects.filter(
        calendar=version.calendar_id, number__lte=version.number
    ).only("number", "effective_at")
    return Edition(
        Piece(piece.number, piece.effective_at, partial(_working_time, piece.pk)) for piece in known
    )


@lru_cache(maxsize=128)
def business_day_seconds(weekly: Weekly) -> int:
    """How long a business day is: as long as most open weekdays; the shorter one on a tie.

    Eight hours on office hours, a full day round the clock (decision 0042). Holidays and
    exceptions do not shorten it: they are skipped, not counted as days.
    """
    lengths = [length for hours in weekly if (length := _open_seconds(hours))]
    return min(multimode(lengths), default=0)


@lru_cache(maxsize=512)
def _working_time(version_id: int) -> WorkingTime:
    """Read only when an instant in the version's own time is asked for: most are never."""
    return working_time_of(CalendarVersion.objects.get(pk=version_id))


def _open_seconds(hours: Hours) -> int:
    minutes = {minute for opens, closes in hours for minute in range(opens, closes)}
    return 60 * len(minutes)
