"""What readers tell us: whether an article helped, and what they looked for in vain."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from helpdesk.people.actors import Actor
from knowledgebase.articles.actions.refusing import Refused
from knowledgebase.articles.models import Article, Feedback, FruitlessSearch
from knowledgebase.articles.searching.words import words_of

FRUITLESS_KEPT = timedelta(days=90)
MOST_WORDS_KEPT = 200
_PERSONAL = re.compile(r"\S+@\S+|\+?\d[\d ./-]{5,}\d")
_FRUITLESS = """
INSERT INTO articles_fruitlesssearch AS kept (words, "on", times) VALUES (%s, %s, 1)
ON CONFLICT (words, "on") DO UPDATE SET times = kept.times + 1
"""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader says of an article."""

    was_helpful: bool
    language: str
    reason: str = ""
    words: str = ""


@transaction.atomic
def hear(article: Article, opinion: Opinion, *, reader_key: str) -> None:
    """Keep a reader's opinion; each has one an article. Raises Refused for a second one."""
    now = timezone.now()
    try:
        with transaction.atomic():
            Feedback.objects.create(
                article=article,
                reader_key=reader_key,
                language=opinion.language,
                was_helpful=opinion.was_helpful,
                reason="" if opinion.was_helpful else opinion.reason,
                words=opinion.words[:1000],
                at=now,
            )
    except IntegrityError as error:
        raise Refused("You told us already what you think of this article. Thank you.") from error
    column = "yes_count" if opinion.was_helpful else "no_count"
    Article.objects.filter(pk=article.pk).update(**{column: F(column) + 1})


def settle(feedback: Feedback, *, by: Actor) -> None:
    """Note that somebody dealt with it."""
    Feedback.objects.filter(pk=feedback.pk, settled_at=None).update(
        settled_at=timezone.now(), settled_by=by.person
    )


def note_fruitless(words: str, *, now: datetime) -> None:
    """Keep words that found nothing, without whatever names a person."""
    bare = " ".join(words_of(_PERSONAL.sub(" ", words)))[:MOST_WORDS_KEPT]
    if not bare:
        return
    with connection.cursor() as cursor:
        cursor.execute(_FRUITLESS, [bare, now.date()])


def forget_fruitless(*, now: datetime) -> int:
    """Delete searches that are older than they are kept."""
    old = FruitlessSearch.objects.filter(on__lt=(now - FRUITLESS_KEPT).date())
    return old.delete()[0]
