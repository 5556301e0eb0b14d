"""Searching cases: one statement, filtered by visibility, bounded whatever the word."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from cases.models import Case, CaseWords
from cases.numbers import typed_number
from helpdesk.people.models import Person

MOST_MATCHES = 1_000


def matching(cases: QuerySet[Case], words: str, *, reader: Person) -> QuerySet[Case]:
    """Narrow `cases` to those that contain `words`, or bear that number.

    Clients search only what they may read: internal notes are in a column of their own. The
    matching ids are taken first, bounded, so that a common word costs what a rare one does.
    """
    if (number := typed_number(words)) is not None:
        return cases.filter(number=number)
    column = "everything" if reader.is_staff_member else "public"
    query = SearchQuery(words, config="english", search_type="websearch")
    found = CaseWords.objects.filter(**{column: query})
    if not reader.is_staff_member:
        return cases.filter(Q(pk__in=found.values("pk")))
    return cases.filter(pk__in=found.values("pk")[:MOST_MATCHES])
