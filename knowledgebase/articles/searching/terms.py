"""What a question asks for: its words as terms, each with whatever may stand for it.

A term has alternatives: the word itself, its synonyms, words that begin with what was typed so
far, and the words that a slip of the finger may have been meant for. Three statements, whatever
the question.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log
from typing import Any

from django.db import connection

from knowledgebase.articles.languages import configuration_of
from knowledgebase.articles.models import SynonymGroup
from knowledgebase.articles.searching.words import mended, phrases_of, trigrams_of, words_of

# What an alternative is worth beside the word itself. Chosen on the tuning half of the relevance
# set (bench/results/relevance.txt).
WORTH = {"itself": 1.0, "synonym": 0.8, "begun": 0.7, "mended": 0.7}
MOST_BEGUN = 12
MOST_MENDED = 3
_CANDIDATES = 40

_STEMS = """
SELECT phrase, tsvector_to_array(to_tsvector(%(config)s::regconfig, phrase)),
       phraseto_tsquery(%(config)s::regconfig, phrase)::text
FROM unnest(%(phrases)s::text[]) phrase
"""
_KNOWN = """
SELECT word, stem, documents, (
    SELECT count(*) FROM articles_textwords WHERE language = %(language)s
)
FROM articles_word
WHERE language = %(language)s
  AND (stem = ANY(%(stems)s) OR (%(begun)s <> '' AND word LIKE %(begun)s))
ORDER BY documents DESC, word
LIMIT 400
"""
_NEAR = """
SELECT asked.word, near.word, near.stem
FROM jsonb_to_recordset(%(asked)s::jsonb) AS asked(word text, trigrams varchar[])
CROSS JOIN LATERAL (
    SELECT word, stem, documents FROM articles_word
    WHERE language = %(language)s AND stem <> '' AND trigrams && asked.trigrams
      AND length(word) BETWEEN length(asked.word) - 2 AND length(asked.word) + 2
    ORDER BY cardinality(ARRAY(
        SELECT unnest(articles_word.trigrams) INTERSECT SELECT unnest(asked.trigrams)
    )) DESC, documents DESC, word
    LIMIT %(most)s
) near
"""


@dataclass(slots=True)
class Term:
    """One word of a question. `queries` are texts of a tsquery by kind of alternative.

    `rarity` is how much it says about a text (the logarithm of one in how many has it).
    """

    word: str
    rarity: float
    queries: dict[str, str] = field(default_factory=dict)


def terms_of(question: str, *, language: str, is_typing: bool = False) -> list[Term]:
    """Return the terms of `question`; words that say nothing ("how", "the") make none."""
    words = words_of(question)
    if not words:
        return []
    groups = SynonymGroup.objects.filter(language=language, words__overlap=phrases_of(words))
    synonyms = [list(group.words) for group in groups]
    phrases = [*words, *(phrase for group in synonyms for phrase in group)]
    stems, as_phrases = _stems(phrases, language=language)
    begun = words[-1] if is_typing and len(words[-1]) >= 2 else ""
    known, total = _known(
        [stem for found in stems.values() for stem in found], begun=begun, language=language
    )
    terms = [
        _term(word, stems, known, total, _named(synonyms, word, as_phrases, question=words))
        for word in words
        if stems[word] or word == begun
    ]
    if begun and terms and terms[-1].word == begun:
        _add_begun(terms[-1], begun, known, total)
    _mend([term for term in terms if not term.queries], language=language, total=total)
    return terms


def _term(
    word: str,
    stems: dict[str, list[str]],
    known: dict[str, tuple[str, int]],
    total: int,
    synonyms: list[str],
) -> Term:
    documents = dict(known.values())
    own = [stem for stem in stems[word] if stem in documents]
    term = Term(word, _rarity(max((documents[stem] for stem in own), default=0), total))
    if own:
        term.queries["itself"] = " & ".join(_quoted(stem) for stem in own)
    if synonyms:
        term.queries["synonym"] = " | ".join(f"({synonym})" for synonym in synonyms)
    return term


def _named(
    groups: Sequence[list[str]], word: str, as_phrases: dict[str, str], *, question: list[str]
) -> list[str]:
    """What means the same as `word`, where a group has it or a phrase of the question with it."""
    asked = f" {' '.join(question)} "
    same: dict[str, None] = {}
    for group in groups:
        if any(f" {phrase} " in asked and word in phrase.split() for phrase in group):
            same |= {as_phrases[phrase]: None for phrase in group if phrase != word}
    return [query for query in same if query]


def _add_begun(term: Term, begun: str, known: dict[str, tuple[str, int]], total: int) -> None:
    longer = [stem for word, (stem, _) in known.items() if word.startswith(begun) and stem]
    chosen = list(dict.fromkeys(longer))[:MOST_BEGUN]
    if not chosen:
        return
    term.queries["begun"] = " | ".join(_quoted(stem) for stem in chosen)
    if "itself" not in term.queries:
        counts = [count for word, (_, count) in known.items() if word.startswith(begun)]
        term.rarity = _rarity(max(counts), total)


def _mend(terms: list[Term], *, language: str, total: int) -> None:
    """Give each of `terms`, which nothing matches, the words that it may have been meant for."""
    asked = [{"word": term.word, "trigrams": trigrams_of(term.word)} for term in terms]
    if not asked:
        return
    values: dict[str, Any] = {"asked": json.dumps(asked), "language": language, "most": _CANDIDATES}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, values)
        rows = cursor.fetchall()
    for term in terms:
        near = {word: stem for asked_word, word, stem in rows if asked_word == term.word}
        chosen = [near[word] for word in mended(term.word, near)][:MOST_MENDED]
        if chosen:
            term.queries["mended"] = " | ".join(_quoted(stem) for stem in dict.fromkeys(chosen))


def _stems(phrases: Sequence[str], *, language: str) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The stems of each phrase, and the phrase as a tsquery ('' when all of it is stop words)."""
    values: dict[str, Any] = {
        "config": configuration_of(language),
        "phrases": list(dict.fromkeys(phrases)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, values)
        rows = cursor.fetchall()
    return (
        {phrase: list(stems) for phrase, stems, _ in rows},
        {phrase: query for phrase, _, query in rows},
    )


def _known(
    stems: list[str], *, begun: str, language: str
) -> tuple[dict[str, tuple[str, int]], int]:
    """Words that we have with these stems, or that begin so, and how many texts there are."""
    values: dict[str, Any] = {
        "language": language,
        "stems": stems,
        "begun": f"{begun.replace('_', '')}%" if begun else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, values)
        rows = cursor.fetchall()
    return {word: (stem, count) for word, stem, count, _ in rows}, rows[0][3] if rows else 0


def _rarity(documents: int, total: int) -> float:
    return log(1 + (total - documents + 0.5) / (documents + 0.5)) + 0.1 if total else 1.0


def _quoted(stem: str) -> str:
    return "'" + stem.replace("\\", "").replace("'", "''") + "'"
