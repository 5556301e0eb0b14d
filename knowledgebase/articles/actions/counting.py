"""Counting views without writing to a row for each: Redis adds up, a sweep carries it over.

Views may be lost with Redis; nothing but a figure for editors rests on them.
"""

from datetime import date
from typing import Any

import redis
import structlog
from django.conf import settings
from django.db import connection, transaction

log = structlog.get_logger(__name__)

_KEY = "waratah:articles:views"
_TAKEN = f"{_KEY}:taken"
_TO_DAYS = """
INSERT INTO articles_articleday AS kept (article_id, "on", views)
SELECT articles_article.id, %(on)s, seen.views
FROM unnest(%(ids)s::bigint[], %(views)s::int[]) AS seen(pk, views)
JOIN articles_article ON articles_article.id = seen.pk
ON CONFLICT (article_id, "on") DO UPDATE SET views = kept.views + excluded.views
"""
_TO_TOTALS = """
UPDATE articles_article SET view_count = view_count + seen.views
FROM unnest(%(ids)s::bigint[], %(views)s::int[]) AS seen(pk, views)
WHERE articles_article.id = seen.pk
"""


def count_view(article_id: int) -> None:
    """Note that an article was read. Never fails: the page matters more than the figure."""
    try:
        _redis().hincrby(_KEY, str(article_id), 1)
    except redis.RedisError as error:
        log.warning("articles.views_not_counted", error=str(error))


def carry_over(*, on: date) -> int:
    """Add what was counted to the articles and to the day `on`; return how many views."""
    server = _redis()
    # What an interrupted run left is carried over first.
    if not server.exists(_TAKEN) and not _take(server):
        return 0
    counted = {int(pk): int(views) for pk, views in server.hgetall(_TAKEN).items()}
    ids = sorted(counted)
    values: dict[str, Any] = {"on": on, "ids": ids, "views": [counted[pk] for pk in ids]}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TO_DAYS, values)
        cursor.execute(_TO_TOTALS, values)
    server.delete(_TAKEN)
    return sum(counted.values())


def _take(server: redis.Redis) -> bool:
    try:
        return bool(server.renamenx(_KEY, _TAKEN))
    except redis.ResponseError:
        return False


def _redis() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=2, decode_responses=True
    )
