"""Keyset pages: the cost of a page does not depend on how far one has turned.

A cursor names the row after which (or before which) the page begins, never an offset.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, F, Func, Model, QuerySet, Value
from django.db.models.expressions import CombinedExpression
from django.utils.dateparse import parse_datetime

Row = TypeVar("Row", bound=Model)
PAGE_SIZE = 30


class BadCursor(ValueError):
    """The cursor was not made by this desk; show the first page instead."""


@dataclass(frozen=True, slots=True)
class Order:
    """A unique order: one column and the primary key, both in the same direction."""

    column: str
    is_descending: bool = True


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the cursors of the pages beside them (empty where there is none)."""

    rows: list[Row]
    next: str
    previous: str


def page_of(
    rows: QuerySet[Row], *, order: Order, cursor: str = "", size: int = PAGE_SIZE
) -> Page[Row]:
    """Return one page of `rows`. Raises BadCursor for a cursor that cannot be read."""
    if not cursor:
        found = list(rows.order_by(*_sorting(order))[: size + 1])
        return Page(found[:size], _cursor("a", found[size - 1], order) if found[size:] else "", "")
    way, value, pk = _read(cursor, order)
    is_backwards = way == "b"
    beyond = rows.filter(_beyond(order, value, pk, is_backwards=is_backwards))
    found = list(beyond.order_by(*_sorting(order, is_reversed=is_backwards))[: size + 1])
    has_more = len(found) > size
    shown = found[:size]
    if is_backwards:
        shown.reverse()
    return _page_within(shown, order, has_more=has_more, is_backwards=is_backwards)


def _page_within(
    shown: list[Row], order: Order, *, has_more: bool, is_backwards: bool
) -> Page[Row]:
    if not shown:
        return Page([], "", "")
    has_next = is_backwards or has_more
    has_previous = has_more or not is_backwards
    return Page(
        shown,
        _cursor("a", shown[-1], order) if has_next else "",
        _cursor("b", shown[0], order) if has_previous else "",
    )


def _sorting(order: Order, *, is_reversed: bool = False) -> tuple[str, str]:
    sign = "-" if order.is_descending != is_reversed else ""
    return f"{sign}{order.column}", f"{sign}pk"


def _beyond(order: Order, value: Any, pk: int, *, is_backwards: bool) -> CombinedExpression:
    """Rows past (value, pk), compared as one: an OR of two comparisons misleads the planner."""
    here = _Row(F(order.column), F("pk"))
    there = _Row(Value(value), Value(pk))
    sign = "<" if order.is_descending != is_backwards else ">"
    return CombinedExpression(here, sign, there, output_field=BooleanField())


class _Row(Func):
    function = "ROW"
    output_field = BooleanField()


def _cursor(way: str, row: Model, order: Order) -> str:
    value = getattr(row, order.column)
    shown = value.isoformat() if isinstance(value, datetime) else value
    return base64.urlsafe_b64encode(json.dumps([way, shown, row.pk]).encode()).decode().rstrip("=")


def _read(cursor: str, order: Order) -> tuple[str, Any, int]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        way, value, pk = json.loads(base64.urlsafe_b64decode(padded))
        place = value if order.column == "id" else parse_datetime(value)
    except (ValueError, TypeError, binascii.Error, UnicodeError) as error:
        raise BadCursor(cursor) from error
    if way not in ("a", "b") or not _is_place(place) or not _is_id(pk):
        raise BadCursor(cursor)
    return way, place, pk


def _is_place(place: object) -> bool:
    """Rows are in the order of an instant or of their id, and of nothing else."""
    if isinstance(place, datetime):
        return place.tzinfo is not None
    return _is_id(place)


def _is_id(number: object) -> bool:
    return type(number) is int and 0 <= number < 2**63
