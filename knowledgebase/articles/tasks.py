"""Jobs of the articles: shallow, safe to run twice and at once."""

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from knowledgebase.articles.actions import counting, listening, publishing
from knowledgebase.articles.searching import indexing

_LEARNT = "articles:words-learnt"


@shared_task
def publish_and_withdraw() -> None:
    """Publish and withdraw what is due."""
    now = timezone.now()
    publishing.publish_due(now=now)
    publishing.withdraw_due(now=now)


@shared_task
def learn_words() -> None:
    """Make the vocabulary anew when a text was indexed since the last time."""
    newest = indexing.newest_index()
    if newest is not None and cache.get(_LEARNT) != newest:
        indexing.learn_words()
        cache.set(_LEARNT, newest, timeout=None)


@shared_task
def carry_views_over() -> None:
    """Add the views that Redis counted to the articles."""
    counting.carry_over(on=timezone.now().date())


@shared_task
def forget_what_is_over() -> None:
    """Delete searches without result that are old."""
    listening.forget_fruitless(now=timezone.now())
