"""Keeping texts findable: after the commit, never in a request."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from helpdesk.journal.models import Entry
from knowledgebase.articles.languages import configuration_of
from knowledgebase.articles.models import TextWords, Translation, Word
from knowledgebase.articles.searching.words import normal, trigrams_of
from knowledgebase.articles.text.page import page_of_markdown

# What is longer is an appendix, not words to find; a tsvector holds 1 MB.
LONGEST_INDEXED = 60_000
_VOCABULARY = 7305002

_INDEX = """
INSERT INTO articles_textwords (text_id, language, stems, as_written, plain, indexed_at)
VALUES (
    %(text)s, %(language)s,
    setweight(to_tsvector(%(config)s::regconfig, %(title)s), 'A')
        || setweight(to_tsvector(%(config)s::regconfig, %(summary)s), 'B')
        || setweight(to_tsvector(%(config)s::regconfig, %(headings)s), 'C')
        || setweight(to_tsvector(%(config)s::regconfig, %(body)s), 'D'),
    to_tsvector('simple', %(all)s), %(plain)s, %(now)s
)
ON CONFLICT (text_id) DO UPDATE SET
    language = excluded.language, stems = excluded.stems, as_written = excluded.as_written,
    plain = excluded.plain, indexed_at = excluded.indexed_at
"""

# Only texts of published articles lend their words.
_WORDS = """
SELECT word, ndoc, (tsvector_to_array(to_tsvector(%(config)s::regconfig, word)))[1]
FROM ts_stat(format(
    'SELECT w.as_written FROM articles_textwords w
     JOIN articles_translation t ON t.id = w.text_id
     JOIN articles_article a ON a.id = t.article_id
     WHERE a.state = ''published'' AND w.language = %%L', %(language)s
))
WHERE length(word) <= 60
"""


def index_published(entry: Entry) -> None:
    """React to a text being published."""
    index(Translation.objects.select_related("live").get(pk=entry.data["text"]))


def forget_withdrawn(entry: Entry) -> None:
    """React to an article being withdrawn: the vocabulary is due to be made anew."""
    TextWords.objects.filter(text__article=entry.subject_id).update(indexed_at=timezone.now())


def index(text: Translation) -> None:
    """Make the words of `text` anew from its live revision."""
    live = text.live
    if live is None:
        return
    page = page_of_markdown(live.source)
    headings = " ".join(block.text for block in page.contents)
    plain = page.plain[:LONGEST_INDEXED]
    values: dict[str, Any] = {
        "text": text.pk,
        "language": text.language,
        "config": configuration_of(text.language),
        "title": normal(live.title),
        "summary": normal(live.summary),
        "headings": normal(headings),
        "body": normal(plain),
        "all": normal(f"{live.title} {live.summary} {plain}"),
        "plain": plain,
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_INDEX, values)


@transaction.atomic
def learn_words() -> int:
    """Make the vocabulary of every language anew from what is indexed; return its size."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_VOCABULARY])
    Word.objects.all().delete()
    languages = TextWords.objects.order_by().values_list("language", flat=True).distinct()
    return sum(_learn(language) for language in languages)


def newest_index() -> datetime | None:
    """When a text was indexed last."""
    newest: datetime | None = TextWords.objects.aggregate(newest=Max("indexed_at"))["newest"]
    return newest


def _learn(language: str) -> int:
    values: dict[str, Any] = {"language": language, "config": configuration_of(language)}
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, values)
        rows = cursor.fetchall()
    words = [
        Word(
            language=language,
            word=word,
            stem=stem or "",
            documents=documents,
            trigrams=trigrams_of(word),
        )
        for word, documents, stem in rows
    ]
    Word.objects.bulk_create(words, batch_size=2000)
    return len(words)
