"""One article: reading it, saying whether it helped, and its files."""

import hashlib
import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_GET, require_POST

from helpdesk.attachments.handing_out import respond_with
from helpdesk.people.models import Person
from helpdesk.people.sign_in import limits
from knowledgebase.access import may_write
from knowledgebase.articles import languages, reading
from knowledgebase.articles.actions import counting, listening, offering
from knowledgebase.articles.actions.refusing import Refused
from knowledgebase.articles.models import Article, ArticleFile, Feedback
from knowledgebase.articles.portal.forms import FeedbackForm

# The CSRF token, which is masked anew in each answer and as good in any.
_TOKEN = re.compile(rb'(?<=")[A-Za-z0-9]{64}(?=")')
OPINIONS = limits.Limit("feedback on articles", 20, 600)


@require_GET
def show(request: HttpRequest, pk: int, slug: str = "") -> HttpResponseBase:
    """The article in the reader's language; an old title in the address leads to the new one."""
    article = reading.article_or_404(request.user, pk)
    texts = reading.texts_of(article)
    text = reading.best_of(texts, reading.languages_for(request))
    if slug != text.slug and slug not in {other.slug for other in texts}:
        return redirect(_with_query(request, reading.url_of(text)), permanent=True)
    # An address in another language shows that language.
    text = next((other for other in texts if other.slug == slug), text) if slug else text
    if "lang" in request.GET:
        text = reading.best_of(texts, reading.languages_for(request))
    if text.live is None:
        raise Http404("There is no such article for you.")
    _note(request, article)
    context = {
        "article": article,
        "text": text,
        "page": reading.page_of(text.live, article),
        "path": reading.path_of(article.section),
        "languages": [
            (other, languages.name_of(other.language))
            for other in reading.seen_languages(texts, text)
        ],
        "related": reading.related_to(article, request.user, [text.language, "en"]),
        "opinion": _opinion_of(request, article),
        "form": FeedbackForm(),
        "may_write": may_write(request.user),
    }
    return _unless_same(request, render(request, "portal/help/article.html", context))


@require_POST
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep whether it helped. One opinion a reader."""
    article = reading.article_or_404(request.user, pk)
    texts = reading.texts_of(article)
    text = reading.best_of(texts, reading.languages_for(request))
    back = redirect(reading.url_of(text) + "#helped")
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say whether it helped you. Nothing was sent.")
        return back
    if not limits.attempt(OPINIONS, limits.place_of(request)).is_allowed:
        messages.error(request, "That was many opinions in a short time. Try again in a while.")
        return back
    try:
        listening.hear(article, form.opinion(text.language), reader_key=_reader_key(request))
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "Thank you. The author of the article reads what you said.")
    return back


@require_GET
def file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A picture or file of an article that the reader may read; ours also see those of drafts."""
    kept = ArticleFile.objects.filter(public_id=public_id).select_related("file").first()
    readable = Article.objects.visible_to(request.user)
    if may_write(request.user):
        readable = Article.objects.writable_by(request.user)
    if kept is None or not readable.filter(pk=kept.article_id).exists():
        raise Http404("There is no such file for you.")
    person = request.user if isinstance(request.user, Person) else None
    return respond_with(kept.file, inline="inline" in request.GET, to=person)


def _note(request: HttpRequest, article: Article) -> None:
    if isinstance(request.user, Person) and request.user.is_staff_member:
        return
    counting.count_view(article.pk)
    if "offered" in request.GET and isinstance(request.user, Person):
        offering.opened(article.pk, by=request.user, now=timezone.now())


def _opinion_of(request: HttpRequest, article: Article) -> Feedback | None:
    key = _reader_key(request, is_asking=True)
    return Feedback.objects.filter(article=article, reader_key=key).first() if key else None


def _reader_key(request: HttpRequest, *, is_asking: bool = False) -> str:
    """Who says it: a person, or the session of somebody unknown (as a digest)."""
    if isinstance(request.user, Person):
        return f"person-{request.user.pk}"
    if request.session.session_key is None:
        if is_asking:
            return ""
        request.session.create()
    digest = hashlib.sha256(f"article-feedback:{request.session.session_key}".encode())
    return digest.hexdigest()[:64]


def _unless_same(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Answer 304 to a browser that has this very page; what differs each time does not count."""
    content = _TOKEN.sub(b"", response.content)
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    same = get_conditional_response(request, etag=response["ETag"], response=response)
    return same or response


def _with_query(request: HttpRequest, url: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{url}?{query}" if query else url
