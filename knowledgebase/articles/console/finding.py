"""What the pages of the editors share: an article to work on, and its text in a language."""

from django.http import Http404, HttpRequest

from knowledgebase.articles import languages
from knowledgebase.articles.models import Article, Translation


def article_or_404(request: HttpRequest, pk: int) -> Article:
    article = (
        Article.objects.writable_by(request.user)
        .select_related("section", "owner", "group")
        .filter(pk=pk)
        .first()
    )
    if article is None:
        raise Http404("There is no such article.")
    return article


def chosen_language(request: HttpRequest) -> str:
    """The language in the address, English where there is none that we write."""
    language = request.GET.get("lang", "")
    return language if language in languages.offered() else languages.FALL_BACK


def text_or_none(article: Article, language: str) -> Translation | None:
    """The text of `article` in that language, when somebody began one."""
    texts = article.translations.select_related("latest", "live", "scheduled")
    return texts.filter(language=language).first()


def text_or_404(article: Article, language: str) -> Translation:
    text = text_or_none(article, language)
    if text is None:
        raise Http404("There is no text in that language yet.")
    return text
