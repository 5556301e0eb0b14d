"""Many more cases out of the played ones, in bulk, so that speed can be judged at a million.

The database itself copies the rows, so whatever a page reads of a case is there for each copy.
Copies belong to a crowd of clients and agents and have words of their own, from frequent to rare.
Most are of ended cases and lie further back; the newest are of active ones, moved by moments
only, so that their promises stay true.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from cases.models import Case, CaseWords
from cases.reports.keeping import counted_at_the_end
from cases.sla.models import SlaEvent, SlaNotice, SlaTimer
from cases.thread.models import Message
from helpdesk.demo.copying import COPY_WORDS, NOT_COPIED, PREPARATIONS, value_of, vocabulary
from helpdesk.demo.crowd import make_crowd
from helpdesk.journal.models import Entry

# Of the copies; at a million that is more than any desk of twenty agents has open at once.
ACTIVE_SHARE = 0.05
WEEKS_BACK = 156
COPIED_AT_ONCE = 20_000

OF_TIMER = "(SELECT case_id FROM sla_slatimer WHERE id = src.timer_id)"
# Each table with the case that its rows belong to.
COPIED: tuple[tuple[type[models.Model], str], ...] = (
    (Case, "src.id"),
    (Message, "src.case_id"),
    (Entry, "CASE src.subject_kind WHEN 'case' THEN src.subject_id END"),
    (SlaTimer, "src.case_id"),
    (SlaEvent, OF_TIMER),
    (SlaNotice, OF_TIMER),
)


@transaction.atomic
def multiply(count: int, *, told: Callable[[int], None]) -> None:
    """Add at least `count` copies of the first 300 cases; `told` hears how many are done.

    Takes some minutes for a million. Raises ValueError where there is nothing to copy.
    """
    make_crowd()
    with connection.cursor() as cursor, counted_at_the_end(), _without_indexes(cursor):
        rounds, at_once = _prepare(cursor, count)
        for first in range(1, rounds + 1, at_once):
            within = {"first": first, "last": first + at_once - 1}
            for model, _ in COPIED:
                cursor.execute(_copying(model), within)
            cursor.execute(COPY_WORDS, within)
            told(first * count // rounds // 50 * 50)
        for model, _ in COPIED:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608 - our own tables
            )
    told(count)


def tidy() -> None:
    """Let the planner know what is there now. Outside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _prepare(cursor: CursorWrapper, count: int) -> tuple[int, int]:
    """Decide which copies there will be; return how many rounds, and how many of them at once."""
    originals = list(Case.objects.order_by("pk")[:300])
    active = sum(case.is_active for case in originals)
    ended = len(originals) - active
    if not (active and ended):
        raise ValueError("There are no cases to copy. Seed the desk first.")
    values: dict[str, Any] = {
        "weeks": WEEKS_BACK,
        "vocabulary": vocabulary(),
        "originals": [case.pk for case in originals],
        "ended_rounds": _rounded_up(count * (1 - ACTIVE_SHARE) / ended),
        "active_rounds": _rounded_up(count * ACTIVE_SHARE / active),
        # Wider than the ids in any table, so that no two copies meet.
        "step": 1 + max(model._default_manager.latest("pk").pk for model, _ in COPIED),
    }
    for statement in PREPARATIONS:
        cursor.execute(statement, values)
    for model, owner in COPIED:
        cursor.execute(
            f"CREATE TEMP TABLE played_{model._meta.db_table} ON COMMIT DROP AS "  # noqa: S608
            f"SELECT src.*, {owner} AS of FROM {model._meta.db_table} src "
            f"WHERE {owner} = ANY(%(originals)s)",
            values,
        )
    return values["ended_rounds"] + values["active_rounds"], _rounded_up(COPIED_AT_ONCE / ended)


def _rounded_up(number: float) -> int:
    return int(-(-number // 1))


def _copying(model: type[models.Model]) -> str:
    table = model._meta.db_table
    fields = [field for field in model._meta.local_fields if field.column not in NOT_COPIED]
    columns = ", ".join(str(field.column) for field in fields)
    values = ", ".join(value_of(field) for field in fields)
    return (
        f"INSERT INTO {table} ({columns}) SELECT {values} "  # noqa: S608 - names of our own tables
        f"FROM played_{table} src JOIN copies copy USING (of) "
        "WHERE round BETWEEN %(first)s AND %(last)s ORDER BY copy.id"
    )


@contextmanager
def _without_indexes(cursor: CursorWrapper) -> Iterator[None]:
    """Lay indexes and foreign keys aside: kept up row by row they cost more than all the rows."""
    tables = [CaseWords._meta.db_table, *(model._meta.db_table for model, _ in COPIED)]
    # What was written in this transaction is checked now: tables with open checks stay as they are.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(_FOREIGN_KEYS, [tables])
    keys = cursor.fetchall()
    cursor.execute(_INDEXES, [tables])
    indexes = cursor.fetchall()
    _run(cursor, (f"ALTER TABLE {table} DROP CONSTRAINT {key}" for table, key, _ in keys))
    _run(cursor, (f"DROP INDEX {name}" for name, _ in indexes))
    yield
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    _run(cursor, (made_by for _, made_by in indexes))
    _run(
        cursor, (f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}" for table, name, rule in keys)
    )


def _run(cursor: CursorWrapper, statements: Iterable[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


_FOREIGN_KEYS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid = ANY(%s::regclass[])
    AND indexrelid NOT IN (SELECT conindid FROM pg_constraint WHERE conindid <> 0)
"""
