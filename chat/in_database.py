"""Database work of the sockets: in a few threads that keep their connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from channels.db import database_sync_to_async

# Sockets wait for the disk and not for each other; more threads than this only wait for the lock
# of the interpreter.
THREADS = 4
_POOL = ThreadPoolExecutor(THREADS, thread_name_prefix="chat")
Result = TypeVar("Result")


async def in_database(function: Callable[..., Result], *arguments: Any) -> Result:
    """Call `function` in a thread of its own and return what it returns."""
    call = database_sync_to_async(function, thread_sensitive=False, executor=_POOL)
    result: Result = await call(*arguments)
    return result
