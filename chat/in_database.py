"""Database work of the sockets: in a few threads that keep their connections."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import local
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection

# Sockets wait for the disk and not for each other; more threads than this only wait for the lock
# of the interpreter.
THREADS = 4
_POOL = ThreadPoolExecutor(THREADS, thread_name_prefix="chat")
# A connection that was asked just now whether it still works need not be asked again.
TRUSTED_SECONDS = 5.0
Result = TypeVar("Result")
_thread = local()


async def in_database(function: Callable[..., Result], *arguments: Any) -> Result:
    """Call `function` in a thread of its own and return what it returns."""
    call = sync_to_async(_called, thread_sensitive=False, executor=_POOL)
    result: Result = await call(function, arguments)
    return result


def _called(function: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
    now = time.monotonic()
    if connection.errors_occurred or now - getattr(_thread, "asked_at", 0.0) > TRUSTED_SECONDS:
        close_old_connections()
        _thread.asked_at = now
    try:
        return function(*arguments)
    finally:
        if connection.close_at is not None and time.monotonic() >= connection.close_at:
            connection.close()
