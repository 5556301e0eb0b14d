"""Long polling, where sockets are blocked: the news after a number, at once or when there is any.

Not a page: each waits half a minute, and pages have few threads.
"""

import asyncio
import contextlib
import json
from collections import Counter
from typing import Any, ClassVar
from urllib.parse import parse_qs

from channels.generic.http import AsyncHttpConsumer
from channels.layers import get_channel_layer
from django.utils import timezone
from redis.exceptions import RedisError

from chat import doorbell, presence, reading
from chat.identity.visiting import visit_with
from chat.in_database import in_database
from chat.models import Visit

WAIT_SECONDS = 25
SCHEME = "Visit "
MOST_WAITING, MOST_A_VISIT = 500, 5
_HEADERS = [(b"Content-Type", b"application/json"), (b"Cache-Control", b"private, no-store")]


class PollConsumer(AsyncHttpConsumer):  # type: ignore[misc]
    """One question of one pop-up. The visit's secret stands in the Authorization header."""

    waiting: ClassVar[Counter[int]] = Counter()

    async def handle(self, body: bytes) -> None:
        visit = await in_database(_visit_of, _secret(self.scope))
        key, after = self.scope["url_route"]["kwargs"]["key"], _after(self.scope)
        if visit is None or self.scope["method"] != "GET":
            await self._answer(401, {"error": "This chat has ended. Open it again."})
            return
        await presence.see(presence.of_visit(visit.pk))
        news = await in_database(_news, visit, key, after)
        if news is None:
            await self._answer(404, {"error": "There is no such chat."})
            return
        if not news["lines"] and self._may_wait(visit):
            news = await self._wait(visit, key, after, pk=news["pk"])
        await self._answer(200, {name: value for name, value in news.items() if name != "pk"})

    async def _wait(self, visit: Visit, key: str, after: int, *, pk: int) -> dict[str, Any]:
        """Listen, look again (a line may have come in between), then wait for the bell."""
        layer = get_channel_layer()
        group = doorbell.group_of(pk, is_ours=False)
        channel = await layer.new_channel()
        PollConsumer.waiting[visit.pk] += 1
        try:
            await layer.group_add(group, channel)
            news = await in_database(_news, visit, key, after)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WAIT_SECONDS):
                    while news and not news["lines"]:
                        await layer.receive(channel)
                        news = await in_database(_news, visit, key, after)
        except (RedisError, OSError):
            news = await in_database(_news, visit, key, after)
        finally:
            PollConsumer.waiting[visit.pk] -= 1
            PollConsumer.waiting += Counter()
            with contextlib.suppress(RedisError, OSError):
                await layer.group_discard(group, channel)
        return news or {"lines": []}

    def _may_wait(self, visit: Visit) -> bool:
        """Beyond these an answer comes at once, with nothing: asking again is then up to them."""
        waiting = PollConsumer.waiting
        return waiting.total() < MOST_WAITING and waiting[visit.pk] < MOST_A_VISIT

    async def _answer(self, status: int, content: dict[str, Any]) -> None:
        await self.send_response(status, json.dumps(content).encode(), headers=_HEADERS)


def _secret(scope: dict[str, Any]) -> str:
    header = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
    return header.removeprefix(SCHEME) if header.startswith(SCHEME) else ""


def _after(scope: dict[str, Any]) -> int:
    given = parse_qs(scope["query_string"].decode("latin-1")).get("after", ["0"])[0]
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _visit_of(secret: str) -> Visit | None:
    return visit_with(secret, at=timezone.now())


def _news(visit: Visit, key: str, after: int) -> dict[str, Any] | None:
    return reading.news_for_visit(visit, key, after=after, at=timezone.now())
