"""My cases: list, filter, search by number and text."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.lifecycle import ACTIVE, State
from cases.models import Case
from cases.numbers import typed_number
from cases.searching import matching
from cases.sla.standing import standings_for
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.requests import PersonRequest

NEWEST_FIRST = Order("updated_at")


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice above the list."""

    value: str
    label: str
    states: frozenset[State]


FILTERS = (
    Filter("open", "Open", ACTIVE),
    Filter("waiting", "Waiting for you", frozenset({State.WAITING})),
    Filter("ended", "Resolved and closed", frozenset({State.RESOLVED, State.CLOSED})),
    Filter("all", "All", frozenset(State)),
)


@login_required
def my_cases(request: PersonRequest) -> HttpResponse:
    """The cases that the reader may see, newest change first, thirty a page."""
    words = request.GET.get("q", "").strip()[:200]
    chosen = _chosen(request.GET.get("state", ""), default="all" if words else "open")
    cases = Case.objects.visible_to(request.user)
    number = typed_number(words)
    if number is not None and cases.filter(number=number).exists():
        return redirect("portal:case", number=number)
    page = _page(_narrowed(cases, chosen, words, request), request.GET.get("page", ""))
    standings = standings_for(page.rows, now=timezone.now())
    context = {
        "rows": [(case, standings.get(case.pk)) for case in page.rows],
        "pages": _links(page, chosen, words),
        "tabs": [(one, _address(one, words), one == chosen) for one in FILTERS],
        "words": words,
        "shows_colleagues": _sees_colleagues(request),
    }
    return render(request, "portal/cases/list.html", context)


def _narrowed(
    cases: QuerySet[Case], chosen: Filter, words: str, request: PersonRequest
) -> QuerySet[Case]:
    if chosen.value != "all":
        cases = cases.filter(state__in=sorted(chosen.states))
    if words:
        cases = matching(cases, words, reader=request.user)
    return cases.select_related("client", "organisation", "assignee", "category")


def _page(cases: QuerySet[Case], cursor: str) -> Page[Case]:
    try:
        return page_of(cases, order=NEWEST_FIRST, cursor=cursor)
    except BadCursor:
        return page_of(cases, order=NEWEST_FIRST)


def _address(chosen: Filter, words: str, **more: str) -> str:
    values = {"state": chosen.value, "q": words, **more}
    return "?" + urlencode({name: value for name, value in values.items() if value})


def _links(page: Page[Case], chosen: Filter, words: str) -> dict[str, str]:
    cursors = {"newer": page.previous, "older": page.next}
    return {
        way: _address(chosen, words, page=cursor) if cursor else ""
        for way, cursor in cursors.items()
    }


def _chosen(value: str, *, default: str) -> Filter:
    by_value = {choice.value: choice for choice in FILTERS}
    return by_value.get(value) or by_value[default]


def _sees_colleagues(request: PersonRequest) -> bool:
    organisation = request.user.organisation
    return organisation is not None and (
        request.user.role == "client_manager" or organisation.shares_cases
    )
