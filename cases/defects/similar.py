"""Defects like what somebody types: full text, with misspelt words put right first.

Everything is bounded: a dozen words, three hundred newest matches, five answers. The indexes of
words and of their trigrams serve it; pg_trgm is not needed (docs/decisions/0086).
"""

import re
from collections.abc import Iterable
from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Case as Choice
from django.db.models import F, QuerySet, When
from django.db.models.expressions import Combinable

from cases.defects.fuzzy import likeness, trigrams
from cases.defects.models import Defect, DefectWords, KnownWord
from cases.defects.numbers import typed_defect
from helpdesk.people.models import Person

MOST_WORDS = 12
MOST_MATCHES = 300
MOST_SHOWN = 5
LEAST_LIKENESS = 0.75
MOST_LENGTH_APART = 2
_TYPED = re.compile(r"[^\W_]{3,60}")
# Words of every report: they say nothing of what is wrong.
_EMPTY = frozenset(
    _TYPED.findall(
        "problem issue error bug please help with when what does not doesn cannot can the and for "
        "after since our from have has this that into"
    )
)


def matching(defects: "QuerySet[Defect]", words: str, *, reader: Person) -> "QuerySet[Defect]":
    """Narrow `defects` to the one of that number, or to those that contain all `words`.

    Clients search only what they may read.
    """
    if (number := typed_defect(words)) is not None:
        return defects.filter(number=number)
    column = "everything" if reader.is_staff_member else "public"
    query = SearchQuery(words, config="english", search_type="websearch")
    found = DefectWords.objects.filter(**{column: query}).order_by("-defect")
    return defects.filter(pk__in=list(found.values_list("pk", flat=True)[:MOST_MATCHES]))


def similar_to(text: str, *, but: Iterable[int] = (), most: int = MOST_SHOWN) -> list[Defect]:
    """The defects nearest to `text`, the nearest first; for our own people.

    Those that share at least a third of its telling words, two where it has so many. `but` are
    ids of defects that are not wanted. Merged ones are left out: the other one has their cases.
    """
    words = [_put_right(word) for word in _telling_words(text)]
    if not words:
        return []
    queries = [SearchQuery(f"{word}:*", config="english", search_type="raw") for word in words]
    any_of = SearchQuery(
        " | ".join(f"{word}:*" for word in words), config="english", search_type="raw"
    )
    newest = DefectWords.objects.filter(public=any_of).order_by("-defect").values("pk")
    least = 1 if len(words) == 1 else max(2, -(-len(words) // 3))
    near = (
        DefectWords.objects.filter(pk__in=list(newest.values_list("pk", flat=True)[:MOST_MATCHES]))
        .exclude(pk__in=list(but))
        .annotate(shared=_how_many(queries), rank=SearchRank(F("public"), any_of))
        .filter(shared__gte=least, defect__merged_into=None)
        .order_by("-shared", "-rank", "-pk")
    )
    return [row.defect for row in near.select_related("defect")[:most]]


def _telling_words(text: str) -> list[str]:
    typed = [word.lower() for word in _TYPED.findall(text)]
    return list(dict.fromkeys(word for word in typed if word not in _EMPTY))[:MOST_WORDS]


def _put_right(word: str) -> str:
    """The word as some defect spells it, when it stands in none as it was typed."""
    if not word.isalpha() or KnownWord.objects.filter(word__startswith=word).exists():
        return word
    values: dict[str, Any] = {
        "typed": sorted(trigrams(word)),
        "shortest": len(word) - MOST_LENGTH_APART,
        "longest": len(word) + MOST_LENGTH_APART,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, values)
        near = [known for (known,) in cursor.fetchall()]
    best = max(near, key=lambda known: likeness(word, known), default=word)
    return best if likeness(word, best) >= LEAST_LIKENESS else word


_NEAREST = """
SELECT word FROM defects_knownword
WHERE trigrams && %(typed)s::varchar[] AND length(word) BETWEEN %(shortest)s AND %(longest)s
ORDER BY (SELECT count(*) FROM unnest(trigrams) AS one WHERE one = ANY(%(typed)s::varchar[])) DESC,
    word
LIMIT 10
"""


def _how_many(queries: Iterable[SearchQuery]) -> Combinable:
    """How many of these the words of a defect fulfil."""
    counted = [Choice(When(public=query, then=1), default=0) for query in queries]
    return reduce(add, counted)
