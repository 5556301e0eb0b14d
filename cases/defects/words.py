"""Keeping the words of a defect searchable, in the transaction that changes them: it is short."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection

from cases.defects.fuzzy import trigrams
from cases.defects.models import Defect, KnownWord

WORD = re.compile(r"[^\W\d_]{4,60}")

_INDEX = """
INSERT INTO defects_defectwords AS words (defect_id, public, everything)
VALUES (%(defect)s, {public}, {public} || setweight(to_tsvector('english', %(notes)s), 'D'))
ON CONFLICT (defect_id) DO UPDATE
SET public = excluded.public, everything = excluded.everything
""".format(
    public="setweight(to_tsvector('english', %(title)s), 'A')"
    " || setweight(to_tsvector('english', %(component)s), 'B')"
    " || setweight(to_tsvector('english', %(text)s), 'C')"
)


def index(defect: Defect) -> None:
    """Make the search words of `defect` anew, and remember the spelling of each."""
    values: dict[str, Any] = {
        "defect": defect.pk,
        "title": f"{defect.title} {defect.shown_number}",
        "component": f"{defect.component} {defect.affected_versions}",
        "text": f"{defect.public_text} {defect.workaround}",
        "notes": defect.internal_notes,
    }
    with connection.cursor() as cursor:
        cursor.execute(_INDEX, values)
    _remember([defect.title, defect.component, defect.public_text, defect.workaround])


def _remember(texts: Iterable[str]) -> None:
    spelled = {word.lower() for text in texts for word in WORD.findall(text)}
    KnownWord.objects.bulk_create(
        [KnownWord(word=word, trigrams=sorted(trigrams(word))) for word in sorted(spelled)],
        ignore_conflicts=True,
    )
