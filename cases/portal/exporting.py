"""Cases as comma-separated values (RFC 4180), line by line, however many they are."""

import csv
from collections.abc import Iterator
from datetime import datetime, tzinfo
from io import StringIO

from django.db.models import QuerySet

from cases.models import Case

BATCH = 500
MOST_CASES = 50_000
COLUMNS = (
    "Number",
    "Subject",
    "State",
    "Priority",
    "Kind",
    "Area",
    "Opened by",
    "Assignee",
    "Opened",
    "Last change",
)
# A spreadsheet would run a text that begins with one of these as a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Without it spreadsheets take UTF-8 for something else.
_BYTE_ORDER_MARK = "\ufeff"


def lines(cases: QuerySet[Case], *, zone: tzinfo) -> Iterator[str]:
    """Yield the table, newest change first, times on the clock of `zone` with their offset.

    Which cases it has is settled at the beginning, `MOST_CASES` at most (a last line says so when
    there are more); their rows are read in batches, so that memory does not grow with the table.
    """
    yield _BYTE_ORDER_MARK + _line(COLUMNS)
    newest = cases.order_by("-updated_at", "-pk").values_list("pk", flat=True)
    found = list(newest[: MOST_CASES + 1])
    for first in range(0, min(len(found), MOST_CASES), BATCH):
        yield "".join(_lines_of(cases, found[first : min(first + BATCH, MOST_CASES)], zone))
    if len(found) > MOST_CASES:
        yield _line([f"Only the newest {MOST_CASES:,} cases are in this file."])


def _lines_of(cases: QuerySet[Case], pks: list[int], zone: tzinfo) -> Iterator[str]:
    rows = cases.select_related("client", "assignee", "category").in_bulk(pks)
    for pk in pks:
        if pk in rows:
            yield _line(_cells(rows[pk], zone))


def _cells(case: Case, zone: tzinfo) -> list[str]:
    return [
        case.shown_number,
        case.subject,
        case.current_state.client_label,
        case.get_priority_display(),
        case.get_type_display(),
        str(case.category or ""),
        case.client.name,
        case.assignee.name if case.assignee else "",
        _time(case.created_at, zone),
        _time(case.updated_at, zone),
    ]


def _time(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).isoformat(sep=" ", timespec="minutes")


def _line(cells: tuple[str, ...] | list[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return out.getvalue()
