"""Many more cases out of the played ones, in bulk, so that speed can be judged at a million.

Rows are copied by the database itself. A copy of an ended case lies whole weeks further back, one
of an active case some milliseconds, so that lists have something to sort and promises stay true.
"""

from collections.abc import Callable

from django.db import connection, models, transaction

from cases.models import Case, CaseWords
from cases.sla.models import SlaEvent, SlaNotice, SlaTimer
from cases.thread.models import Message
from helpdesk.journal.models import Entry

ROUNDS_AT_ONCE = 20
WEEKS_BACK = 104
NOT_COPIED = {"inbound_mail_id"}


def multiply(count: int, *, told: Callable[[int], None]) -> None:
    """Add at least `count` copies of the cases that are there; `told` hears how many are done."""
    originals = list(Case.objects.order_by("pk").values_list("pk", flat=True)[:300])
    if not originals:
        raise ValueError("There are no cases to copy.")
    rounds = -(-count // len(originals))
    for first in range(0, rounds, ROUNDS_AT_ONCE):
        last = min(first + ROUNDS_AT_ONCE, rounds)
        with transaction.atomic():
            _copy_rounds(originals, first + 1, last)
        told(min(last * len(originals), count))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy_rounds(originals: list[int], first: int, last: int) -> None:
    cases = _Copying(first, last, originals)
    cases.copy(Case, where="src.id = ANY(%(originals)s)", key="id")
    cases.copy(CaseWords, where="src.case_id = ANY(%(originals)s)", key="case_id")
    cases.copy(Message, where="src.case_id = ANY(%(originals)s)", key="id")
    cases.copy(Entry, where="src.subject_id = ANY(%(originals)s)", key="id")
    cases.copy(SlaTimer, where="src.case_id = ANY(%(originals)s)", key="id")
    of_timers = "src.timer_id IN (SELECT id FROM sla_slatimer WHERE case_id = ANY(%(originals)s))"
    cases.copy(SlaEvent, where=of_timers, key="id")
    cases.copy(SlaNotice, where=of_timers, key="id")


class _Copying:
    """Copies rows of several tables; references among them move by the same steps."""

    # Wider than the ids of the originals in any table, so that no two copies meet.
    STEP = 100_000

    def __init__(self, first: int, last: int, originals: list[int]) -> None:
        self.values = {"first": first, "last": last, "originals": originals, "step": self.STEP}

    def copy(self, model: type[models.Model], *, where: str, key: str) -> None:
        table = model._meta.db_table
        fields = [field for field in model._meta.local_fields if field.name not in NOT_COPIED]
        columns = [field.column for field in fields if field.column != "number"]
        chosen = [self._value(field, key) for field in fields if field.column != "number"]
        sql = (
            f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - names of our own tables
            f"SELECT {', '.join(chosen)} FROM {table} src "
            "JOIN cases_case owner ON owner.id = " + _owner(model) + " "
            f"CROSS JOIN generate_series(%(first)s, %(last)s) AS round WHERE {where}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, self.values)
            if key == "id":
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM " + table,  # noqa: S608
                    [table],
                )

    def _value(self, field: models.Field, key: str) -> str:  # type: ignore[type-arg]
        column = f"src.{field.column}"
        if field.column in {key, "case_id", "timer_id"} or (
            field.model is Entry and field.column == "subject_id"
        ):
            return f"{column} + round * %(step)s::bigint"
        if isinstance(field, models.DateTimeField):
            return (
                f"{column} - CASE WHEN owner.state IN ('resolved', 'closed') "
                f"THEN (round %% {WEEKS_BACK}) * interval '7 days' "
                "ELSE round * interval '1 millisecond' END"
            )
        return column


def _owner(model: type[models.Model]) -> str:
    if model is Case:
        return "src.id"
    if model is Entry:
        return "src.subject_id AND src.subject_kind = 'case'"
    if model in {SlaEvent, SlaNotice}:
        return "(SELECT case_id FROM sla_slatimer WHERE id = src.timer_id)"
    return "src.case_id"
