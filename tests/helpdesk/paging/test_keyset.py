"""Turning pages by keyset."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from helpdesk.journal.models import Entry
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
NEWEST = Order("at")
OLDEST = Order("at", is_descending=False)


@pytest.fixture
def seven() -> list[int]:
    """Seven rows, two of them at the same instant."""
    moments = [0, 1, 2, 2, 3, 4, 5]
    rows = [
        Entry(
            kind="test",
            subject_kind="test",
            subject_id=1,
            actor_label="x",
            audience="client",
            at=NOON + timedelta(seconds=moment),
        )
        for moment in moments
    ]
    return [row.pk for row in Entry.objects.bulk_create(rows)]


def ids(page: Page[Entry]) -> list[int]:
    return [row.pk for row in page.rows]


def page(order: Order = NEWEST, cursor: str = "") -> Page[Entry]:
    return page_of(Entry.objects.all(), order=order, cursor=cursor, size=3)


@pytest.mark.parametrize("order", [NEWEST, OLDEST])
def test_every_row_is_met_once_going_on(order: Order, seven: list[int]) -> None:
    first = page(order)
    second = page(order, first.next)
    third = page(order, second.next)
    met = ids(first) + ids(second) + ids(third)
    assert met == (seven[::-1] if order == NEWEST else seven)
    assert third.next == ""


@pytest.mark.parametrize("order", [NEWEST, OLDEST])
def test_going_back_leads_where_one_came_from(order: Order, seven: list[int]) -> None:
    first = page(order)
    second = page(order, first.next)
    third = page(order, second.next)
    assert ids(page(order, third.previous)) == ids(second)
    assert ids(page(order, second.previous)) == ids(first)
    assert page(order, second.previous).previous == ""


def test_the_first_page_has_nothing_before_it(seven: list[int]) -> None:
    assert page().previous == ""


def test_an_empty_list_is_one_empty_page() -> None:
    assert page() == Page([], "", "")


def forged(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


FORGED = [
    forged("a", 1, 1),
    forged("a", "2026-13-45T00:00:00+00:00", 1),
    forged("a", "2026-05-12T02:00:00", 1),
    forged("a", "2026-05-12T02:00:00+00:00", True),
    forged("a", "2026-05-12T02:00:00+00:00", 2**63),
    forged("a", "2026-05-12T02:00:00+00:00", -1),
    forged([], "2026-05-12T02:00:00+00:00", 1),
]


@pytest.mark.parametrize("cursor", [*FORGED, "x", "ä", "W10", "WzEsMiwzXQ", "!!!!", "bnVsbA"])
def test_a_cursor_that_we_did_not_make_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        page(cursor=cursor)
