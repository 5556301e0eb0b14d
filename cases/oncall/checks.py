"""What the rota adds to the checks of the desk's time."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from cases.oncall.rota import gaps, rota_in_use
from helpdesk.calendars.desk_lint import DeskFinding
from helpdesk.calendars.lint import Finding, Severity

MOST_GAPS = 10


def rota_gaps(start: datetime, end: datetime) -> Iterator[DeskFinding]:
    """Stretches in which a layer of the rota in use has nobody; without a rota, that."""
    rota = rota_in_use()
    if rota is None:
        words = "No rota is in use: critical cases call nobody but the leads."
        yield DeskFinding("On call", Finding("no_rota", Severity.WARNING, words))
        return
    zone = ZoneInfo(rota.time_zone)
    found = gaps(rota, start=start, end=end)
    for gap in found[:MOST_GAPS]:
        since, until = (at.astimezone(zone) for at in (gap.start, gap.end))
        words = f"Nobody is on call from {since:%a %d %b %Y %H:%M} to {until:%a %d %b %Y %H:%M}."
        yield DeskFinding(str(rota.name), Finding("rota_gap", Severity.WARNING, words))
    if len(found) > MOST_GAPS:
        words = f"There are {len(found) - MOST_GAPS} more such gaps."
        yield DeskFinding(str(rota.name), Finding("rota_gap", Severity.WARNING, words))
