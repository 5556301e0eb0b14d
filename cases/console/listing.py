"""The list pane: one queue or one search, thirty rows a page."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone

from cases.console.filtering import filters_from
from cases.console.queues import BY_SLUG, NEWEST_CHANGE_FIRST, QUEUES, Queue, counted
from cases.models import Case
from cases.numbers import typed_number
from cases.searching import matching
from cases.sla.standing import standings_for
from helpdesk.paging.keyset import PAGE_SIZE, BadCursor, Order, Page, page_of
from helpdesk.people.requests import PersonRequest

# What a line of the list shows and is ordered by: thirty are read for each page.
SHOWN = (
    "number",
    "subject",
    "state",
    "priority",
    "updated_at",
    "next_due_at",
    "client__full_name",
    "client__email",
    "client__username",
)


# Beside a case a part of the queue is enough to see where one is, and half the page's weight.
ROWS_BESIDE = 20


def list_context(
    request: PersonRequest, slug: str, *, current: Case | None = None
) -> dict[str, Any]:
    """What the list pane shows of the queue `slug` (the first one when there is no such).

    Beside the case `current`, its own `standing` too: all promises of a page cost one statement.
    When the address says that the pane stands `beside` a case, fewer rows, and that one marked.
    """
    beside = current.number if current else typed_number(request.GET.get("beside", ""))
    queue = BY_SLUG.get(slug, QUEUES[0])
    filters = filters_from(request.GET)
    cases = filters.narrow(queue.narrow(Case.objects.visible_to(request.user), request.user))
    page = _page(request, cases, queue.order, size=ROWS_BESIDE if beside else PAGE_SIZE)
    address = {"queue": queue.slug, **filters.chosen}
    return _context(request, page, queue=queue, current=current, beside=beside) | {
        "filters": filters,
        "beside": beside,
        "title": queue.label,
        "queue": queue,
        "words": None,
        "list_query": "?" + urlencode(address),
        "pages": _links(page, filters.chosen),
    }


def search_context(request: PersonRequest, words: str) -> dict[str, Any]:
    """What the list pane shows of a search."""
    filters = filters_from(request.GET)
    cases = Case.objects.visible_to(request.user)
    found = matching(filters.narrow(cases), words, reader=request.user) if words else cases.none()
    page = _page(request, found, NEWEST_CHANGE_FIRST)
    return _context(request, page) | {
        "filters": filters,
        "title": "Search",
        "words": words,
        "list_query": "",
        "pages": _links(page, {"q": words, **filters.chosen}),
    }


def _context(
    request: PersonRequest,
    page: Page[Case],
    *,
    queue: Queue | None = None,
    current: Case | None = None,
    beside: int | None = None,
) -> dict[str, Any]:
    shown = [*page.rows, current] if current else page.rows
    standings = standings_for(shown, now=timezone.now())
    return {
        "rows": [(case, standings.get(case.pk), case.number == beside) for case in page.rows],
        "queues": [(one, one.queue == queue) for one in counted(request.user)],
        "standing": standings.get(current.pk) if current else None,
    }


def _page(
    request: PersonRequest, cases: QuerySet[Case], order: Order, *, size: int = PAGE_SIZE
) -> Page[Case]:
    rows = cases.select_related("client").only(*SHOWN)
    try:
        return page_of(rows, order=order, cursor=request.GET.get("page", ""), size=size)
    except BadCursor:
        return page_of(rows, order=order, size=size)


def _links(page: Page[Case], values: dict[str, str]) -> dict[str, str]:
    """Addresses of the pages beside this one; empty where there is none."""
    cursors = {"newer": page.previous, "older": page.next}
    return {
        way: "?" + urlencode({**values, "page": cursor}) if cursor else ""
        for way, cursor in cursors.items()
    }
