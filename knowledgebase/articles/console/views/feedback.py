"""What readers say: of one's own articles first."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest
from knowledgebase.articles.actions import listening
from knowledgebase.articles.models import Feedback

NEWEST_FIRST = Order("at")


@staff_only
@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    """Where an article did not help, and why; `?of=all` shows everybody's."""
    of = "all" if request.GET.get("of") == "all" else "mine"
    opinions = Feedback.objects.filter(was_helpful=False, settled_at=None)
    if of == "mine":
        opinions = opinions.filter(article__owner=request.user)
    page = _page(opinions, request.GET.get("page", ""))
    context = {
        "rows": page.rows,
        "is_mine": of == "mine",
        "is_all": of == "all",
        "pages": {
            way: "?" + urlencode({"of": of, "page": cursor}) if cursor else ""
            for way, cursor in (("newer", page.previous), ("older", page.next))
        },
    }
    return render(request, "console/articles/feedback.html", context)


@staff_only
@require_POST
def settle(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody dealt with it."""
    listening.settle(get_object_or_404(Feedback, pk=pk), by=Actor.of(request.user))
    return redirect("article-editing:feedback")


def _page(opinions: QuerySet[Feedback], cursor: str) -> Page[Feedback]:
    rows = opinions.select_related("article").prefetch_related("article__translations")
    try:
        return page_of(rows, order=NEWEST_FIRST, cursor=cursor)
    except BadCursor:
        return page_of(rows, order=NEWEST_FIRST)
