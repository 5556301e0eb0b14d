"""The status page: read by anybody, signed in or not, from what is kept of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from knowledgebase.notices.chart import bars_of
from knowledgebase.notices.keeping import NothingKept, snapshot
from knowledgebase.notices.models import Notice
from knowledgebase.notices.snapshot import HISTORY_DAYS, for_showing, shown_of

LATEST_FIRST = Order("updated_at")


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What holds now, what is planned, and the last days one by one."""
    try:
        kept = snapshot(now=timezone.now())
    except NothingKept:
        return _unavailable(request)
    context = {
        "snapshot": kept,
        "rows": [(row, bars_of(row.days)) for row in kept.rows],
        "days": HISTORY_DAYS,
    }
    return render(request, "portal/status/overview.html", context)


@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice with everything that was said of it."""
    try:
        kept = snapshot(now=timezone.now())
    except NothingKept:
        return _unavailable(request)
    shown = kept.find(pk)
    if shown is None:
        older = for_showing(Notice.objects.visible_to(request.user).filter(pk=pk))
        shown = next((shown_of(one) for one in older), None)
    if shown is None:
        raise Http404("There is no such notice.")
    context = {"notice": shown, "is_stale": kept.is_stale, "made_at": kept.made_at}
    return render(request, "portal/status/notice.html", context)


@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """Everything that is over, the latest first, thirty a page."""
    page = _page(request)
    context = {"rows": [shown_of(one) for one in page.rows], "page": page}
    return render(request, "portal/status/history.html", context)


def _page(request: HttpRequest) -> Page[Notice]:
    over = for_showing(Notice.objects.visible_to(request.user).ended())
    try:
        return page_of(over, order=LATEST_FIRST, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(over, order=LATEST_FIRST)


def _unavailable(request: HttpRequest) -> HttpResponse:
    response = render(request, "portal/status/unknown.html", status=503)
    response["Retry-After"] = "30"
    return response
