"""One call makes an article, through the ordinary doors."""

from typing import Any

from django.utils import timezone

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.articles.actions import arranging, publishing, settling, writing
from knowledgebase.articles.actions.settling import Facts
from knowledgebase.articles.actions.writing import Writing
from knowledgebase.articles.models import Article, Section, Translation, Visibility
from knowledgebase.articles.searching.indexing import index, learn_words

TITLE = "Connect a receipt printer"
SOURCE = "## Network\n\nType the address of the printer.\n"


def a_section(by: Person, *, name: str = "Hardware", parent: Section | None = None) -> Section:
    """The section of that name, made by a lead where it is missing."""
    found = Section.objects.filter(name=name, parent=parent).first()
    return found or arranging.add(name, parent=parent, by=Actor.of(by))


def a_draft(
    by: Person,
    *,
    title: str = TITLE,
    source: str = SOURCE,
    summary: str = "",
    visibility: str = Visibility.PUBLIC,
    language: str = "en",
    section: Section | None = None,
    **facts: Any,
) -> Article:
    """An article that nobody published."""
    place = section or a_section(by)
    article = writing.begin(
        Writing(title, source, summary), section=place, by=Actor.of(by), language=language
    )
    about = {"group": None, "owner": by, "review_on": None, **facts}
    settling.settle(article, Facts(section=place, visibility=visibility, **about), by=Actor.of(by))
    article.refresh_from_db()
    return article


def an_article(by: Person, **facts: Any) -> Article:
    """A published article that can be found."""
    article = a_draft(by, **facts)
    publish(article, by=by)
    return article


def publish(article: Article, *, by: Person, language: str = "en") -> None:
    """Publish the latest revision and make it findable, as the reactions and the sweep do."""
    text = text_of(article, language=language)
    publishing.publish(text, by=Actor.of(by), at=timezone.now())
    article.refresh_from_db()
    text.refresh_from_db()
    index(text)
    learn_words()


def text_of(article: Article, *, language: str = "en") -> Translation:
    return article.translations.get(language=language)
