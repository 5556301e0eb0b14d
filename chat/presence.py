"""Who is here: a counter of open sockets for each browser or agent, with a time to live.

A socket that dies without a word is forgotten after `TTL`. Nothing rests on this but what is
shown and whether somebody is at the inbox; with Redis away nobody is taken to be here.
"""

import asyncio
from collections.abc import Iterable, Sequence

import structlog
from django.conf import settings
from redis import Redis
from redis.asyncio import BlockingConnectionPool
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

TTL = 75
BEAT_SECONDS = 30
MOST_CONNECTIONS, PATIENCE_SECONDS = 8, 10
_PREFIX = "waratah:chat:here:"
_TIMEOUT = 2


def of_visit(pk: int) -> str:
    return f"visit:{pk}"


def of_agent(pk: int) -> str:
    return f"agent:{pk}"


async def arrive(who: str) -> None:
    """Count one more socket of `who`."""
    async with _asking() as redis:
        await redis.incr(_PREFIX + who)
        await redis.expire(_PREFIX + who, TTL)


async def stay(whos: Sequence[str]) -> None:
    """Say that a socket of each is still open; one that was forgotten counts again."""
    async with _asking() as redis, redis.pipeline(transaction=False) as asked:
        for who in whos:
            asked.set(_PREFIX + who, 1, ex=TTL, nx=True)
            asked.expire(_PREFIX + who, TTL)
        await asked.execute()


async def leave(who: str) -> None:
    """Count one socket less."""
    async with _asking() as redis:
        if await redis.decr(_PREFIX + who) <= 0:
            await redis.delete(_PREFIX + who)


async def see(who: str) -> None:
    """Say that `who` asked just now, where there is no socket (long polling)."""
    async with _asking() as redis:
        await redis.set(_PREFIX + who, 1, ex=TTL)


def here(whos: Iterable[str]) -> set[str]:
    """Those of `whos` who have the chat open now; none with Redis away."""
    return known(whos) or set()


def known(whos: Iterable[str]) -> set[str] | None:
    """As `here`, but None where nobody can tell: with Redis away."""
    asked = list(whos)
    if not asked:
        return set()
    try:
        with _redis() as redis:
            counts = redis.mget([_PREFIX + who for who in asked])
    except (RedisError, OSError) as error:
        log.warning("chat.redis_away", error=str(error))
        return None
    return {who for who, count in zip(asked, counts, strict=True) if count and int(count) > 0}


def _redis() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=_TIMEOUT, socket_connect_timeout=1)


class _asking:  # noqa: N801 - used as a function
    """The connection pool of this event loop; errors are told and swallowed."""

    _pools: dict[int, AsyncRedis] = {}

    async def __aenter__(self) -> AsyncRedis:
        loop = id(asyncio.get_running_loop())
        if loop not in self._pools:
            self._pools.clear()
            # Two thousand pop-ups come back at once after a restart: they wait for each other.
            pool = BlockingConnectionPool.from_url(
                settings.REDIS_URL,
                max_connections=MOST_CONNECTIONS,
                timeout=PATIENCE_SECONDS,
                socket_timeout=_TIMEOUT,
                socket_connect_timeout=1,
            )
            self._pools[loop] = AsyncRedis(connection_pool=pool)
        return self._pools[loop]

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, RedisError | OSError):
            log.warning("chat.redis_away", error=str(error))
            return True
        return False
