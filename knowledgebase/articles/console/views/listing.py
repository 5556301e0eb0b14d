"""The list of all articles for those who write them."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest
from knowledgebase.articles.models import Article, Section

NEWEST_CHANGE_FIRST = Order("updated_at")
SHOWS = (
    ("all", "All"),
    ("mine", "Mine"),
    ("draft", "Drafts"),
    ("published", "Published"),
    ("withdrawn", "Withdrawn"),
    ("review", "Due for review"),
)


@staff_only
@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    """Thirty articles, newest change first; what is due for review, by who owns it."""
    shown = request.GET.get("show", "all")
    section = request.GET.get("section", "")
    articles = _narrowed(request, shown, section)
    page = _page(articles, request.GET.get("page", ""))
    context = {
        "rows": page.rows,
        "pages": {
            way: _address(shown, section, cursor) if cursor else ""
            for way, cursor in (("newer", page.previous), ("older", page.next))
        },
        "tabs": [(label, _address(value, section), value == shown) for value, label in SHOWS],
        "sections": Section.objects.order_by("name"),
        "section": section,
        "shown": shown,
    }
    return render(request, "console/articles/list.html", context)


def _narrowed(request: PersonRequest, shown: str, section: str) -> QuerySet[Article]:
    articles = Article.objects.writable_by(request.user).with_texts()
    if shown == "mine":
        articles = articles.filter(owner=request.user)
    elif shown == "review":
        articles = articles.filter(review_on__lte=timezone.now().date())
    elif shown in {"draft", "published", "withdrawn"}:
        articles = articles.filter(state=shown)
    if section.isascii() and section.isdigit() and len(section) < 10:
        articles = articles.filter(section=int(section))
    return articles


def _page(articles: QuerySet[Article], cursor: str) -> Page[Article]:
    try:
        return page_of(articles, order=NEWEST_CHANGE_FIRST, cursor=cursor)
    except BadCursor:
        return page_of(articles, order=NEWEST_CHANGE_FIRST)


def _address(shown: str, section: str, cursor: str = "") -> str:
    values = {"show": shown, "section": section, "page": cursor}
    return "?" + urlencode({name: value for name, value in values.items() if value})
