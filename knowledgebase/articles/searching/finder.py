"""What the one search box finds among articles."""

from django.urls import reverse

from helpdesk.finding.finding import Finder, Found, Search
from helpdesk.people.models import Person
from knowledgebase.articles.languages import preferred
from knowledgebase.articles.searching.ranking import Match, search


def find(asked: Search) -> list[Found]:
    """The articles that the reader may see, best first."""
    own = asked.reader.language if isinstance(asked.reader, Person) else ""
    matches = search(
        asked.words,
        reader=asked.reader,
        languages=preferred([own]),
        most=asked.most,
        is_typing=asked.is_typing,
        snippet_words=0 if asked.is_typing else 26,
    )
    return [found_of(match) for match in matches]


def found_of(match: Match) -> Found:
    return Found(
        title=match.title,
        url=reverse("articles:article", args=[match.article_id, match.slug]),
        context=match.section,
        snippet=match.snippet,
    )


ARTICLES = Finder("articles", "Articles", "book-open", find)
