"""Looking around: the collections, and what stands in one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from knowledgebase.articles import reading
from knowledgebase.articles.models import Article, Section

MOST_POPULAR = 6
ORDER = Order("id", is_descending=False)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The collections, and what is read most."""
    languages = reading.languages_for(request)
    context = {
        "collections": reading.sections_for(request.user),
        "popular": reading.listed(
            list(reading.popular(request.user, most=MOST_POPULAR)), languages
        ),
    }
    return render(request, "portal/help/home.html", context)


@require_GET
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """One section: what stands below it, and its articles."""
    found = get_object_or_404(Section.objects.select_related("parent__parent"), pk=pk)
    page = _page(request, found)
    below = reading.sections_for(request.user, below=found)
    context = {
        "section": found,
        "path": reading.path_of(found)[:-1],
        "below": below,
        "articles": reading.listed(page.rows, reading.languages_for(request)),
        "pages": page,
    }
    return render(request, "portal/help/section.html", context)


def _page(request: HttpRequest, found: Section) -> Page[Article]:
    articles = reading.in_section(found, request.user)
    try:
        return page_of(articles, order=ORDER, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(articles, order=ORDER)
