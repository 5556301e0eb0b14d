"""Whether the desk lives (`/healthz`) and whether it can work (`/readyz`)."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError


def alive(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing else, so that a sick database restarts no healthy web."""
    return JsonResponse({"status": "alive"})


def ready(request: HttpRequest) -> JsonResponse:
    """Whether PostgreSQL and Redis answer. Without Redis the desk works, only slower."""
    parts = {"database": _state(_ask_database), "redis": _state(_ask_redis)}
    is_ready = parts["database"] == "up"
    return JsonResponse(
        {"status": "ready" if is_ready else "unavailable", **parts},
        status=200 if is_ready else 503,
    )


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
