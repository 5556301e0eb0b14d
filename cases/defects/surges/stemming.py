"""From what a client wrote to its stems: PostgreSQL's English, so that inflections are one."""

import re

from django.db import connection

from cases.defects.surges.likeness import Stems

MOST_SUBJECT = 250
MOST_DETAILS = 400
MOST_STEMS = 40
# One thing, many spellings; none of them is a word of its own to the dictionary.
_SIGN_IN = re.compile(
    r"\b(?:log|sign)(?:s|ged|ed|ging|ing)?[ -]?(?:in|on)s?\b|\blogins?\b", re.IGNORECASE
)
_DIGITS = re.compile(r"\d")

_STEM = """
SELECT tsvector_to_array(to_tsvector('english', %s)), tsvector_to_array(to_tsvector('english', %s))
"""


def stems_of(subject: str, details: str) -> Stems:
    """The telling stems of a subject and of the beginning of the details, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STEM, [_plain(subject[:MOST_SUBJECT]), _plain(details[:MOST_DETAILS])])
        told, more = cursor.fetchone()
    return Stems.of(_without_numbers(told), _without_numbers(more)[:MOST_STEMS])


def _plain(text: str) -> str:
    return _SIGN_IN.sub("signin", text)


def _without_numbers(stems: list[str]) -> list[str]:
    """Dates, order numbers and versions differ between reports of one thing."""
    return [stem for stem in stems if len(stem) > 1 and not _DIGITS.search(stem)]
