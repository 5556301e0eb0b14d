"""Searching cases: the newest matches, found at a cost that does not follow the word.

PostgreSQL has two ways to the newest matches. Reading cases from the newest one back is quick
for a common word and takes seconds for a rare one; reading every match from the index of words is
quick for a rare word and slow for a common one. The planner's guess between them fails for words
that are common but never stand together. So the newest cases are looked through first, a bounded
number of them, and the index is asked only for words that are not common there.
(docs/decisions/0004-search.md)
"""

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cases.models import Case, CaseWords
from cases.numbers import typed_number
from helpdesk.people.models import Person

MOST_MATCHES = 100
LOOKED_THROUGH = 5_000


def matching(cases: QuerySet[Case], words: str, *, reader: Person) -> QuerySet[Case]:
    """Narrow `cases` to the one of that number, or to the newest that contain `words`.

    At most `MOST_MATCHES`. Clients search only what they may read: internal notes are in a column
    of their own.
    """
    if (number := typed_number(words)) is not None:
        return cases.filter(number=number)
    column = "everything" if reader.is_staff_member else "public"
    query = SearchQuery(words, config="english", search_type="websearch")
    contain = Q(**{column: query})
    found = _among_newest(cases, contain)
    if len(found) < MOST_MATCHES:
        found = _among_all(cases, contain)
    return cases.filter(pk__in=found)


def _among_newest(cases: QuerySet[Case], contain: Q) -> list[int]:
    """The newest matches among the `LOOKED_THROUGH` newest cases, which are read one by one."""
    by_age = CaseWords.objects.order_by("-case").values("case")
    oldest = Coalesce(Subquery(by_age[LOOKED_THROUGH : LOOKED_THROUGH + 1]), 0)
    found = CaseWords.objects.filter(_Unindexed(contain), case_id__gte=oldest)
    return _newest(_within(cases, found).order_by("-case"))


def _among_all(cases: QuerySet[Case], contain: Q) -> list[int]:
    """The newest of all matches, from the index; ordered so that none is read by age."""
    found = CaseWords.objects.filter(contain)
    return _newest(_within(cases, found).order_by(-(F("case_id") + 0)))


def _within(cases: QuerySet[Case], found: QuerySet[CaseWords]) -> QuerySet[CaseWords]:
    return found.filter(case__in=cases.order_by().values("pk")) if cases.query.where else found


def _newest(found: QuerySet[CaseWords]) -> list[int]:
    return list(found.values_list("case_id", flat=True)[:MOST_MATCHES])


class _Unindexed(Func):
    """A condition for which no index is read."""

    template = "(%(expressions)s) IS TRUE"
    output_field = BooleanField()
