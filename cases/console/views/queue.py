"""Queues and search: the list of the console."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.console.filtering import Filters, filters_from
from cases.console.queues import BY_SLUG, NEWEST_CHANGE_FIRST, QUEUES, counted
from cases.models import Case
from cases.numbers import typed_number
from cases.searching import matching
from cases.sla.standing import standings_for
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest


@staff_only
@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """Begin with one's own cases."""
    return redirect("console:queue", slug=QUEUES[0].slug)


@staff_only
@require_GET
def show(request: PersonRequest, slug: str) -> HttpResponse:
    """One queue, thirty rows a page, narrowed by the filters in the address."""
    queue = BY_SLUG.get(slug)
    if queue is None:
        raise Http404("There is no such queue.")
    filters = filters_from(request.GET)
    cases = queue.narrow(Case.objects.visible_to(request.user), request.user)
    page = _page(request, filters.narrow(cases), queue.order)
    return _list(request, page, filters, title=queue.label, queue=queue)


@staff_only
@require_GET
def search(request: PersonRequest) -> HttpResponse:
    """Cases with these words in subject or thread, or with this number."""
    words = request.GET.get("q", "").strip()[:200]
    number = typed_number(words)
    if number is not None and Case.objects.filter(number=number).exists():
        return redirect("console:case", number=number)
    filters = filters_from(request.GET)
    cases = Case.objects.visible_to(request.user)
    found = matching(filters.narrow(cases), words, reader=request.user) if words else cases.none()
    page = _page(request, found, NEWEST_CHANGE_FIRST)
    return _list(request, page, filters, title="Search", words=words)


def _page(request: PersonRequest, cases: QuerySet[Case], order: Order) -> Page[Case]:
    rows = cases.select_related("client", "organisation", "assignee", "category")
    try:
        return page_of(rows, order=order, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(rows, order=order)


def _list(
    request: PersonRequest, page: Page[Case], filters: Filters, **extra: object
) -> HttpResponse:
    context = {
        "page": page,
        "filters": filters,
        "queues": counted(request.user),
        "standings": standings_for(page.rows, now=timezone.now()),
        **extra,
    }
    template = "console/queue/_rows.html" if request.htmx.target == "rows" else "console/queue.html"
    return render(request, template, context)
