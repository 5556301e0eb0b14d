"""All defects: filters, search, keyset pages; and what is like something typed."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.console.defects.reading import frame
from cases.defects.lifecycle import OPEN, State
from cases.defects.models import Defect, Severity
from cases.defects.numbers import typed_defect
from cases.defects.similar import matching, similar_to
from cases.defects.surges.showing import raised_cards
from helpdesk.paging.keyset import BadCursor, Order, page_of
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest

NEWEST_CHANGE_FIRST = Order("updated_at")
MOST_TYPED = 200
STATES = {"open": "Not out yet", **{state.value: state.label for state in State}}
SEVERITIES = {str(value): label for value, label in Severity.choices}


@staff_only
@require_GET
def show(request: PersonRequest) -> HttpResponse:
    """The list, narrowed by what the address says."""
    words = request.GET.get("q", "").strip()[:MOST_TYPED]
    number = typed_defect(words)
    visible = Defect.objects.visible_to(request.user)
    if number is not None and visible.filter(number=number).exists():
        return redirect("defects:defect", number=number)
    chosen = _chosen(request)
    found = _narrowed(visible, chosen)
    if words:
        found = matching(found, words, reader=request.user)
    try:
        page = page_of(found, order=NEWEST_CHANGE_FIRST, cursor=request.GET.get("page", ""))
    except BadCursor:
        page = page_of(found, order=NEWEST_CHANGE_FIRST)
    asked = {"q": words, **chosen}
    context = frame(request.user) | {
        "rows": page.rows,
        "words": words,
        "chosen": chosen,
        "states": STATES.items(),
        "severities": SEVERITIES.items(),
        "newer": _address(asked, page.previous),
        "older": _address(asked, page.next),
        "cards": raised_cards(now=timezone.now()),
    }
    return render(request, "console/defects/list.html", context)


@staff_only
@require_GET
def similar(request: PersonRequest) -> HttpResponse:
    """What is like the title that is being typed, as a list below it."""
    typed = (request.GET.get("title") or request.GET.get("q", "")).strip()[:MOST_TYPED]
    return render(request, "console/defects/_similar.html", {"similar": similar_to(typed)})


@staff_only
@require_GET
def options(request: PersonRequest) -> HttpResponse:
    """The same as the lines of a combobox; a number finds its own."""
    typed = request.GET.get("q", "").strip()[:MOST_TYPED]
    numbered = Defect.objects.visible_to(request.user).filter(number=typed_defect(typed) or 0)
    found = [*numbered, *similar_to(typed)]
    return render(request, "console/defects/_options.html", {"found": found})


def _chosen(request: PersonRequest) -> dict[str, str]:
    state, severity = request.GET.get("state", ""), request.GET.get("severity", "")
    component = request.GET.get("component", "").strip()[:80]
    chosen = {
        "state": state if state in STATES else "",
        "severity": severity if severity in SEVERITIES else "",
        "component": component,
    }
    return {name: value for name, value in chosen.items() if value and "\x00" not in value}


def _narrowed(defects: "QuerySet[Defect]", chosen: dict[str, str]) -> "QuerySet[Defect]":
    exact: dict[str, Any] = dict(chosen)
    if exact.get("state") == "open":
        del exact["state"]
        exact["state__in"] = sorted(OPEN)
    return defects.filter(**exact)


def _address(asked: dict[str, str], cursor: str) -> str:
    if not cursor:
        return ""
    return "?" + urlencode(
        {name: value for name, value in asked.items() if value} | {"page": cursor}
    )
