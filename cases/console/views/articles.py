"""Where cases and articles meet: write one from a case, link one, see where one was linked."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cases.citing.drafting import article_source, without_personal_data
from cases.citing.models import Citation
from cases.console import reading
from cases.models import Case
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest
from knowledgebase.articles.actions import settling, writing
from knowledgebase.articles.actions.settling import Facts
from knowledgebase.articles.actions.writing import Writing
from knowledgebase.articles.languages import preferred
from knowledgebase.articles.models import Article, Section, Visibility
from knowledgebase.articles.searching.finder import found_of
from knowledgebase.articles.searching.ranking import search

NEWEST_FIRST = Order("at")
MOST_LINKS = 6
MOST_MESSAGES = 40


@staff_only
@require_POST
def draft_article(request: PersonRequest, number: int) -> HttpResponse:
    """Begin an article from the public messages of a case; only ours see it."""
    case = reading.case_or_404(request.user, number)
    section = Section.objects.first()
    if section is None:
        messages.error(request, "A lead has to make a section first. Nothing was written.")
        return redirect("article-editing:sections")
    by = Actor.of(request.user)
    article = writing.begin(_writing(case), section=section, by=by)
    settling.settle(article, Facts(section, Visibility.AGENTS, None, request.user, None), by=by)
    messages.success(
        request, "A draft from the case. Read it for personal data: what we knew is in brackets."
    )
    return redirect("article-editing:edit", pk=article.pk)


@staff_only
@require_GET
def article_links(request: PersonRequest, number: int) -> HttpResponse:
    """Articles for `?q=` that the client of this case may read, as options of a combobox."""
    case = reading.case_or_404(request.user, number)
    words = request.GET.get("q", "").strip()[:200]
    matches = search(
        words,
        reader=case.client,
        languages=preferred([case.client.language]),
        most=MOST_LINKS,
        is_typing=True,
        snippet_words=0,
    )
    context = {"found": [found_of(match) for match in matches], "site": settings.SITE_URL}
    return render(request, "console/case/_article-options.html", context)


@staff_only
@require_GET
def article_cases(request: PersonRequest, pk: int) -> HttpResponse:
    """The cases whose answers linked an article, newest first."""
    article = Article.objects.writable_by(request.user).filter(pk=pk).first()
    if article is None:
        raise Http404("There is no such article.")
    page = _page(request, article)
    context = {
        "article": article,
        "text": article.translations.english_first().first(),
        "rows": page.rows,
        "pages": page,
    }
    return render(request, "console/articles/cases.html", context)


def _writing(case: Case) -> Writing:
    said = [
        (message.is_ours, message.text)
        for message in case.messages.public().in_order()[:MOST_MESSAGES]
    ]
    names = [case.client.name, *case.client.name.split(), case.client.email]
    if case.organisation is not None:
        names.append(case.organisation.name)
    source = article_source(said, names=names, kept_links=settings.SITE_URL)
    title = without_personal_data(case.subject, names=names)
    return Writing(title[:150], source, note=f"From case {case.shown_number}")


def _page(request: PersonRequest, article: Article) -> Page[Citation]:
    visible = Case.objects.visible_to(request.user)
    cited = Citation.objects.filter(article=article, case__in=visible)
    rows = cited.select_related("case__client")
    try:
        return page_of(rows, order=NEWEST_FIRST, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(rows, order=NEWEST_FIRST)
