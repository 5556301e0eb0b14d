"""Searching the knowledge base in the pop-up, and reading there what was found.

Whoever is vouched for finds what they may read in the Help Center; anybody else what is public.
"""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from chat.widget.requests import answering, reader_of, refused
from helpdesk.finding.snippets import MARK_BEGINS, MARK_ENDS
from helpdesk.people.sign_in.limits import Limit, attempt, place_of
from knowledgebase.articles.languages import preferred
from knowledgebase.articles.reading import (
    article_or_404,
    best_of,
    page_of,
    texts_of,
    url_of,
    wishes_of,
)
from knowledgebase.articles.searching.ranking import search

SEARCHES = Limit("chat search, place", 60, 60)
MOST_FOUND = 8
MOST_TYPED = 200


@answering
@require_GET
def articles(request: HttpRequest) -> JsonResponse:
    """The articles that answer `q` best, each with the passage that does."""
    question = request.GET.get("q", "").strip()[:MOST_TYPED]
    tried = attempt(SEARCHES, place_of(request))
    if not tried.is_allowed:
        return refused("That was many searches in a short time. Wait a minute.", status=429)
    languages = preferred(wishes_of(request))
    found = (
        search(question, reader=reader_of(request), languages=languages, most=MOST_FOUND)
        if question
        else []
    )
    rows = [
        {
            "title": match.title,
            "passage": match.snippet.replace(MARK_BEGINS, "").replace(MARK_ENDS, ""),
            "id": match.article_id,
        }
        for match in found
    ]
    return JsonResponse({"found": rows})


@answering
@require_GET
def article(request: HttpRequest, pk: int) -> JsonResponse:
    """One article as text, to be read inside the pop-up, and where it stands in full."""
    found = article_or_404(reader_of(request), pk)
    text = best_of(texts_of(found), preferred(wishes_of(request)))
    page = page_of(text.live, found) if text.live else None
    lines = page.plain.splitlines() if page else []
    return JsonResponse(
        {
            "title": text.title,
            "paragraphs": [line for line in lines if line.strip()],
            "url": settings.SITE_URL + url_of(text),
        }
    )
