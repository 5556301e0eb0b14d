"""From terms to articles: best first, with how sure we are and the passage that answers.

A text's score is the sum over the terms of the question: how rare the term is, times how
prominently the text has it (title, summary, headings, body). Only what the reader may see is
looked at. Two statements a language, whatever the question.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet

from helpdesk.finding.snippets import MARK_BEGINS, MARK_ENDS
from helpdesk.people.models import Person
from knowledgebase.articles.languages import FALL_BACK, configuration_of
from knowledgebase.articles.models import Article
from knowledgebase.articles.searching.terms import WORTH, Term, terms_of

# What a word is worth in body, headings, summary and title. Chosen on the tuning half of the
# relevance set.
PROMINENCE = (0.15, 0.3, 0.6, 1.0)
SNIPPET_WORDS = 26
PASSAGE_WORDS = 45


@dataclass(frozen=True, slots=True)
class Match:
    """One article that was found, in the language in which it was.

    `sureness` is the share of the question that it answers, 0 to 1, weighted by rarity and
    prominence; `snippet` has marks around the words that matched.
    """

    article_id: int
    text_id: int
    language: str
    title: str
    slug: str
    section: str
    score: float
    sureness: float
    snippet: str = ""


def search(
    question: str,
    *,
    reader: Person | AnonymousUser,
    languages: Sequence[str] = (FALL_BACK,),
    most: int = 20,
    is_typing: bool = False,
    snippet_words: int = SNIPPET_WORDS,
) -> list[Match]:
    """Return the articles that `reader` may see and that answer `question` best, best first.

    An article is looked for in the first of `languages` that it is written in.
    """
    visible = Article.objects.visible_to(reader)
    found: list[Match] = []
    for place, language in enumerate(languages):
        terms = terms_of(question, language=language, is_typing=is_typing)
        if any(term.queries for term in terms):
            matches = _ranked(
                terms, visible, language=language, before=languages[:place], most=most
            )
            found += _with_snippets(matches, terms, language=language, words=snippet_words)
    return sorted(found, key=lambda match: (-match.score, match.article_id))[:most]


def _ranked(
    terms: list[Term],
    visible: QuerySet[Article],
    *,
    language: str,
    before: Sequence[str],
    most: int,
) -> list[Match]:
    asked = [term for term in terms if term.queries]
    scores = " + ".join(_SCORE_OF_TERM.format(best=_best_of(term)) for term in asked)
    within, within_values = visible.values("pk").query.sql_with_params()
    values: list[Any] = []
    for term in asked:
        values += [term.rarity, *_values_of(term)]
    everything = " | ".join(f"({query})" for term in asked for query in term.queries.values())
    values += [everything, language, *within_values, list(before), most]
    with connection.cursor() as cursor:
        cursor.execute(_RANK.format(scores=scores, visible=within), values)
        rows: list[tuple[int, int, str, str, str, str, float]] = cursor.fetchall()
    whole = sum(term.rarity for term in terms) or 1.0
    return [Match(*row, min(1.0, row[6] / whole)) for row in rows]


_SCORE_OF_TERM = "(%s::float8 * {best})"
_RANK = """
SELECT article.id, text.id, text.language, text.title, text.slug, section.name,
       {scores} AS score
FROM articles_textwords words
JOIN articles_translation text ON text.id = words.text_id
JOIN articles_article article ON article.id = text.article_id
JOIN articles_section section ON section.id = article.section_id
WHERE words.stems @@ %s::tsquery AND words.language = %s
  AND article.id IN ({visible})
  AND text.live_id IS NOT NULL
  AND NOT EXISTS (
    SELECT FROM articles_translation nearer
    WHERE nearer.article_id = article.id AND nearer.live_id IS NOT NULL
      AND nearer.language = ANY(%s)
  )
ORDER BY score DESC, article.id
LIMIT %s
"""


def _best_of(term: Term) -> str:
    """How prominently a text has the best alternative of `term`, 0 to 1."""
    each = "least(1.0, 1.65 * ts_rank(%s::float4[], words.stems, %s::tsquery)) * %s"
    return f"greatest({', '.join([each] * len(term.queries))}, 0.0)"


def _values_of(term: Term) -> list[Any]:
    values: list[Any] = []
    for kind, query in term.queries.items():
        values += [list(PROMINENCE), query, WORTH[kind]]
    return values


_SNIPPETS = """
SELECT text_id, ts_headline(%(config)s::regconfig, plain, %(query)s::tsquery, %(options)s)
FROM articles_textwords WHERE text_id = ANY(%(texts)s)
"""


def _with_snippets(
    matches: list[Match], terms: list[Term], *, language: str, words: int
) -> list[Match]:
    if not matches or not words:
        return matches
    queries = [f"({query})" for term in terms for query in term.queries.values()]
    options = (
        f"StartSel={MARK_BEGINS}, StopSel={MARK_ENDS}, MaxWords={words}, MinWords={words // 2}, "
        "ShortWord=2"
    )
    values: dict[str, Any] = {
        "config": configuration_of(language),
        "query": " | ".join(queries),
        "options": options,
        "texts": [match.text_id for match in matches],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SNIPPETS, values)
        snippets = dict(cursor.fetchall())
    return [replace(match, snippet=snippets.get(match.text_id, "")) for match in matches]
