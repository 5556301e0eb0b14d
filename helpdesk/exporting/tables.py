"""A table for a spreadsheet, from rows of words."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# A spreadsheet would run a text that begins with one of these as a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_answer(rows: Iterable[Sequence[str]], *, filename: str) -> HttpResponse:
    """Hand out `rows`, the head first, as a CSV file of that name."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    csv.writer(answer).writerows([_harmless(cell) for cell in row] for row in rows)
    return answer


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
