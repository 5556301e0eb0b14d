"""The status page is kept: for seconds while all is well, as it was while the database is away.

Three places, nearest first: this process, Redis, the database. A page that needs nothing else is
answered from the first that has it; decision 0105.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError
from redis.exceptions import RedisError

from knowledgebase.notices.snapshot import Snapshot, snapshot_now

log = structlog.get_logger(__name__)

FRESH = timedelta(seconds=10)
# Whoever begins to read anew has this long; the others are shown what was kept.
READING = timedelta(seconds=5)
KEPT = timedelta(days=7)
# Raise the number when the fields of a Snapshot change: what is kept outlives a deployment.
KEY, CLAIM = "notices:snapshot:1", "notices:snapshot:claim"


class NothingKept(Exception):
    """The database does not answer, and nothing was read from it before."""


@dataclass
class _Nearest:
    """What this process read last."""

    snapshot: Snapshot | None = None


_nearest = _Nearest()


def snapshot(*, now: datetime) -> Snapshot:
    """Every notice that matters, at most some seconds old; older, and marked so, in an outage.

    Raises NothingKept when there is nothing to show at all.
    """
    kept = _kept()
    if kept is not None and (abs(now - kept.made_at) < FRESH or not _claim()):
        return kept
    try:
        fresh = snapshot_now(now=now)
    except (DatabaseError, InterfaceError) as error:
        log.warning("notices.database_away", error=str(error))
        if kept is None:
            raise NothingKept from error
        return _keep(replace(kept, is_stale=True))
    return _keep(fresh)


def forget_snapshot() -> None:
    """Read anew at the next question: something was posted just now."""
    _nearest.snapshot = None
    try:
        cache.delete_many([KEY, CLAIM])
    except (RedisError, OSError) as error:
        log.warning("notices.redis_away", error=str(error))


def _kept() -> Snapshot | None:
    try:
        shared: Snapshot | None = cache.get(KEY)
    except (RedisError, OSError):
        return _nearest.snapshot
    if shared is None:
        return None if _nearest.snapshot is None else _as_past(_nearest.snapshot)
    _nearest.snapshot = shared
    return shared


def _as_past(snapshot: Snapshot) -> Snapshot:
    """What this process alone remembers may have been forgotten by others on purpose."""
    return replace(snapshot, made_at=snapshot.made_at - FRESH)


def _claim() -> bool:
    try:
        return bool(cache.add(CLAIM, 1, timeout=READING.total_seconds()))
    except (RedisError, OSError):
        return True


def _keep(snapshot: Snapshot) -> Snapshot:
    """The claim stays until it is over: a database in trouble is not asked at every page."""
    _nearest.snapshot = snapshot
    try:
        cache.set(KEY, snapshot, timeout=KEPT.total_seconds())
    except (RedisError, OSError) as error:
        log.warning("notices.redis_away", error=str(error))
    return snapshot
