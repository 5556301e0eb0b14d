"""Whether the desk lives (`/healthz`) and whether it can work (`/readyz`)."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from redis.exceptions import RedisError

from helpdesk.mail.ledger import waiting


def alive(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing else, so that a sick database restarts no healthy web."""
    return JsonResponse({"status": "alive"})


def ready(request: HttpRequest) -> JsonResponse:
    """Whether PostgreSQL and Redis answer, and how long the oldest mail has waited.

    Without Redis the desk works, only slower. The ages are for alarms: a relay that stopped in
    silence shows here (`security.md` R36).
    """
    parts = {"database": _state(_ask_database), "redis": _state(_ask_redis)}
    if parts["database"] == "down":
        return JsonResponse({"status": "unavailable", **parts}, status=503)
    return JsonResponse({"status": "ready", **parts, "oldest_mail_seconds": _mail_ages()})


def _mail_ages() -> dict[str, int]:
    oldest, now = waiting(), timezone.now()
    ages = {"in": oldest.oldest_inbound_at, "out": oldest.oldest_outbound_at}
    return {way: int((now - at).total_seconds()) if at else 0 for way, at in ages.items()}


def _state(ask: Callable[[], object]) -> str:
    try:
        ask()
    except (OSError, RedisError, DatabaseError):
        return "down"
    return "up"


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_redis() -> None:
    cache.get("readyz")
