"""What the pages of a reader show. What may not be seen is not there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation.trans_real import parse_accept_lang_header

from helpdesk.attachments.models import Rendition
from helpdesk.markup.cleaning import SANITISER_VERSION
from helpdesk.people.models import Person
from knowledgebase.articles.languages import preferred
from knowledgebase.articles.models import (
    Article,
    ArticleFile,
    Revision,
    Section,
    Translation,
)
from knowledgebase.articles.text.page import Picture, TextPage, cids_in, page_of_markdown

MOST_RELATED = 4
PAGE_KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list, in the language that its reader gets."""

    article: Article
    text: Translation

    @property
    def url(self) -> str:
        return url_of(self.text)


def wishes_of(request: HttpRequest) -> list[str]:
    """The languages that a reader would like, most wanted first: chosen, own, the browser's."""
    wishes = [request.GET.get("lang", "")[:10]]
    if isinstance(request.user, Person):
        wishes.append(request.user.language)
    else:
        header = request.headers.get("Accept-Language", "")[:200]
        wishes += [language for language, _ in parse_accept_lang_header(header)]
    return [wish for wish in wishes if wish]


def languages_for(request: HttpRequest) -> Sequence[str]:
    return preferred(wishes_of(request))


def url_of(text: Translation) -> str:
    return reverse("articles:article", args=[text.article_id, text.slug])


def article_or_404(reader: Person | AnonymousUser, pk: int) -> Article:
    """The article if `reader` may read it; otherwise the same 404 as for none."""
    article = (
        Article.objects.visible_to(reader)
        .select_related("section__parent__parent", "owner")
        .filter(pk=pk)
        .first()
    )
    if article is None:
        raise Http404("There is no such article for you.")
    return article


def texts_of(article: Article) -> list[Translation]:
    """The texts of an article that readers have."""
    texts = article.translations.filter(live__isnull=False).select_related("live")
    return list(texts.order_by("language"))


def best_of(texts: Sequence[Translation], languages: Sequence[str]) -> Translation:
    """The text to show: in the first of `languages` there is, or else in any."""
    by_language = {text.language: text for text in texts}
    for language in languages:
        if language in by_language:
            return by_language[language]
    if not texts:
        raise Http404("There is no text of this article.")
    return texts[0]


def page_of(revision: Revision, article: Article) -> TextPage:
    """The revision as a page. It is the same for every reader, so it is kept for a while."""
    key = f"articles:page:{revision.pk}:{SANITISER_VERSION}"
    kept: TextPage | None = cache.get(key)
    if kept is not None:
        return kept
    names = cids_in(revision.source)
    pictures = pictures_of(article, names=names) if names else {}
    page = page_of_markdown(revision.source, pictures=pictures)
    # A picture that was not drawn yet has no size; with the next look it will.
    if all(picture.width for picture in pictures.values()):
        cache.set(key, page, timeout=PAGE_KEPT_SECONDS)
    return page


def pictures_of(article: Article, *, names: set[str] | None = None) -> dict[str, Picture]:
    """The pictures of an article by name, with their sizes; in two statements."""
    kept = ArticleFile.objects.filter(article=article).select_related("file")
    if names is not None:
        kept = kept.filter(public_id__in=names)
    files = list(kept)
    drawn = {
        rendition.file_id: rendition
        for rendition in Rendition.objects.filter(
            file__in=[one.file_id for one in files], state=Rendition.State.READY
        )
    }
    return {one.public_id: _picture(one, drawn.get(one.file_id)) for one in files}


def related_to(
    article: Article, reader: Person | AnonymousUser, languages: Sequence[str]
) -> list[Listed]:
    """What the editors chose to stand beside it, then what is read most in the same section."""
    visible = Article.objects.visible_to(reader).exclude(pk=article.pk)
    chosen = list(visible.filter(related_from=article)[:MOST_RELATED])
    taken = {one.pk for one in chosen}
    near = visible.filter(section=article.section_id).exclude(pk__in=taken)
    fill = list(near.order_by("-view_count", "pk")[: MOST_RELATED - len(chosen)])
    return listed([*chosen, *fill], languages)


def listed(articles: Sequence[Article], languages: Sequence[str]) -> list[Listed]:
    """`articles` in the language that the reader gets; one statement for all of them."""
    texts: dict[int, list[Translation]] = {}
    live = Translation.objects.filter(article__in=articles, live__isnull=False)
    for text in live.order_by("language"):
        texts.setdefault(text.article_id, []).append(text)
    return [
        Listed(article, best_of(texts[article.pk], languages))
        for article in articles
        if article.pk in texts
    ]


def path_of(section: Section) -> list[Section]:
    """The sections above, from the collection down to `section` itself."""
    path = [section]
    while path[0].parent is not None:
        path.insert(0, path[0].parent)
    return path


def popular(reader: Person | AnonymousUser, *, most: int) -> QuerySet[Article]:
    """What this reader may read, read most first."""
    return Article.objects.visible_to(reader).order_by("-view_count", "pk")[:most]


def sections_for(
    reader: Person | AnonymousUser, *, below: Section | None = None
) -> list[tuple[Section, int]]:
    """The sections below `below` in which the reader may read something, and how much it is.

    The whole tree is read at once: editors keep it small.
    """
    readable = {section.pk: section for section in Section.objects.counting_for(reader)}
    totals = {pk: vars(section)["readable"] for pk, section in readable.items()}
    for section in sorted(readable.values(), key=lambda one: -one.depth):
        if section.parent_id is not None:
            totals[section.parent_id] += totals[section.pk]
    parent = below.pk if below else None
    return [
        (section, totals[section.pk])
        for section in readable.values()
        if section.parent_id == parent and totals[section.pk]
    ]


def seen_languages(texts: Sequence[Translation], shown: Translation) -> list[Translation]:
    """The other texts of the article, to change to."""
    return [text for text in texts if text.pk != shown.pk]


def in_section(section: Section, reader: Person | AnonymousUser) -> QuerySet[Article]:
    return Article.objects.visible_to(reader).filter(section=section)


def _picture(kept: ArticleFile, drawn: Rendition | None) -> Picture:
    url = reverse("articles:file", args=[kept.public_id]) + "?inline=1"
    return Picture(url, drawn.width, drawn.height) if drawn else Picture(url)
