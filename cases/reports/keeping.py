"""Folding changes into figures, and comparing figures with what they count."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from cases.reports import counting
from cases.reports.models import BUCKET

_DIFFERENCES = f"""
SELECT what, sum(kept), sum(counted) FROM (
    SELECT {", ".join(BUCKET)}, value AS kept, 0 AS counted FROM reports_keptfigure
    UNION ALL
    SELECT {", ".join(BUCKET)}, 0, value FROM ({counting.FROM_ROWS}) AS rows
) AS every
GROUP BY {", ".join(BUCKET)} HAVING sum(kept) <> sum(counted)
UNION ALL
SELECT 'outcome', count(known.timer_id), count(ended.id)
FROM ({counting.ENDED_TIMERS}) AS ended
FULL JOIN reports_outcome AS known ON known.timer_id = ended.id
WHERE known.is_missed IS DISTINCT FROM ended.is_missed HAVING count(*) > 0
"""  # noqa: S608 (words of our own)


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not what its rows say."""

    what: str
    kept: int
    counted: int


def fold_changes() -> int:
    """Fold what changed into the figures; return how many figures moved. Safe to run at once."""
    with connection.cursor() as cursor:
        cursor.execute(counting.FOLD)
        return int(cursor.rowcount)


def differences() -> list[Difference]:
    """Where figures and rows disagree; walks all rows, so it is for a command, not for a page."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES)
        return [Difference(what, int(kept), int(counted)) for what, kept, counted in cursor]


@contextmanager
def counted_at_the_end() -> Iterator[None]:
    """Count rows that are made in bulk once, when all are there. Inside of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(counting.PAUSE)
        yield
        cursor.execute(counting.RESUME)
    count_anew()


@transaction.atomic
def count_anew() -> None:
    """Throw away all figures and count them from the rows. Writers wait while it runs."""
    with connection.cursor() as cursor:
        cursor.execute(counting.COUNT_ANEW)
