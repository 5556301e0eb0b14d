"""The revisions of a text: who wrote what when, two beside each other, and an old one again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest
from knowledgebase.articles.actions import writing
from knowledgebase.articles.actions.refusing import Refused
from knowledgebase.articles.console.finding import article_or_404, chosen_language, text_or_404
from knowledgebase.articles.models import Revision, Translation
from knowledgebase.articles.text.comparing import compare

NEWEST_FIRST = Order("id")


@staff_only
@require_GET
def history(request: PersonRequest, pk: int) -> HttpResponse:
    """All revisions, newest first; `?from=` and `?to=` compare two of them."""
    article = article_or_404(request, pk)
    text = text_or_404(article, chosen_language(request))
    page = _page(text, request.GET.get("page", ""))
    before, after = _pair(request, text)
    context = {
        "article": article,
        "text": text,
        "rows": page.rows,
        "pages": page,
        "before": before,
        "after": after,
        "lines": compare(_whole(before), _whole(after)) if before and after else [],
    }
    return render(request, "console/articles/revisions.html", context)


@staff_only
@require_POST
def restore(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Write an old revision once more, as the newest draft."""
    article = article_or_404(request, pk)
    text = text_or_404(article, chosen_language(request))
    revision = text.revisions.select_related("translation__article").filter(number=number).first()
    if revision is None:
        raise Http404("There is no such revision.")
    try:
        written = writing.restore(revision, by=Actor.of(request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"Revision {number} is the newest draft now, as revision {written.number}."
        )
    return redirect(f"{reverse('article-editing:edit', args=[pk])}?lang={text.language}")


def _page(text: Translation, cursor: str) -> Page[Revision]:
    revisions = text.revisions.defer("source")
    try:
        return page_of(revisions, order=NEWEST_FIRST, cursor=cursor)
    except BadCursor:
        return page_of(revisions, order=NEWEST_FIRST)


def _pair(request: HttpRequest, text: Translation) -> tuple[Revision | None, Revision | None]:
    """The two that are asked for, or what clients read and the newest draft."""
    asked = [request.GET.get(name, "") for name in ("from", "to")]
    if all(one.isascii() and one.isdigit() and len(one) < 9 for one in asked):
        found = {
            revision.number: revision
            for revision in text.revisions.filter(number__in=[int(one) for one in asked])
        }
        return found.get(int(asked[0])), found.get(int(asked[1]))
    return (text.live, text.latest) if text.is_ahead else (None, None)


def _whole(revision: Revision) -> str:
    return f"# {revision.title}\n\n{revision.summary}\n\n{revision.source}"
