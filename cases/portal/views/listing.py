"""My cases: list, filters, search by number and text, saved views, and the file to take away."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cases.models import Case
from cases.numbers import typed_number
from cases.portal import exporting
from cases.portal.narrowing import TABS, Narrowing, narrowing_from
from cases.saved import saving
from cases.saved.models import SavedView
from cases.sla.standing import standings_for
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.requests import PersonRequest
from helpdesk.people.zones import zone_of

NEWEST_FIRST = Order("updated_at")
PORTAL = SavedView.Surface.PORTAL.value


@login_required
@require_GET
def my_cases(request: PersonRequest) -> HttpResponse:
    """The cases that the reader may see, newest change first, thirty a page."""
    chosen = narrowing_from(request.GET)
    number = typed_number(chosen.words)
    if number is not None and Case.objects.visible_to(request.user).filter(number=number).exists():
        return redirect("portal:case", number=number)
    page = _page(chosen.cases(request.user), request.GET.get("page", ""))
    standings = standings_for(page.rows, now=timezone.now())
    context = {
        "rows": [(case, standings.get(case.pk)) for case in page.rows],
        "pages": _links(page, chosen),
        "tabs": [(tab, _on_tab(tab.value, chosen), tab == chosen.tab) for tab in TABS],
        "chosen": chosen,
        "words": chosen.words,
        "views": saving.views_of(request.user, surface=PORTAL),
        "shows_colleagues": _sees_colleagues(request),
    }
    return render(request, "portal/cases/list.html", context)


@login_required
@require_GET
def export(request: PersonRequest) -> StreamingHttpResponse:
    """All cases of the list, not just one page, as a table for a spreadsheet."""
    rows = _lines(narrowing_from(request.GET).cases(request.user), request)
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    name = f"cases-{timezone.localdate():%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
@require_POST
def save_view(request: PersonRequest) -> HttpResponse:
    """Keep the list as it is narrowed now, under a name."""
    chosen = narrowing_from(request.POST)
    try:
        saving.save(
            request.POST.get("name", ""), chosen.values(), person=request.user, surface=PORTAL
        )
    except saving.NotSaved as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The view is saved. It stands above the list.")
    return HttpResponseRedirect(reverse("portal:cases") + chosen.address())


@login_required
@require_POST
def forget_view(request: PersonRequest, pk: int) -> HttpResponse:
    """Remove a saved view."""
    if saving.forget(pk, person=request.user):
        messages.success(request, "The view is removed. No case was changed.")
    return redirect("portal:cases")


def _lines(cases: QuerySet[Case], request: PersonRequest) -> Iterator[str]:
    return exporting.lines(cases, zone=zone_of(request.user))


def _page(cases: QuerySet[Case], cursor: str) -> Page[Case]:
    rows = cases.select_related("client", "organisation", "assignee", "category")
    try:
        return page_of(rows, order=NEWEST_FIRST, cursor=cursor)
    except BadCursor:
        return page_of(rows, order=NEWEST_FIRST)


def _on_tab(tab: str, chosen: Narrowing) -> str:
    return chosen.address(state=tab)


def _links(page: Page[Case], chosen: Narrowing) -> dict[str, str]:
    cursors = {"newer": page.previous, "older": page.next}
    return {way: chosen.address(page=cursor) if cursor else "" for way, cursor in cursors.items()}


def _sees_colleagues(request: PersonRequest) -> bool:
    organisation = request.user.organisation
    return organisation is not None and (
        request.user.role == "client_manager" or organisation.shares_cases
    )
