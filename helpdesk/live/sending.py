"""Sending to groups from ordinary code: one event loop a process, with one kept connection.

`async_to_sync` makes a thread, a loop and a connection to Redis for each call, which costs many
times what the message itself does; every piece of news sends one.
"""

import asyncio
import os
import threading
from functools import cache
from typing import Any

from channels.layers import get_channel_layer

# Redis answers in less than a millisecond, or it is away.
MOST_SECONDS = 5.0


def send(*messages: tuple[str, dict[str, Any]]) -> None:
    """Send each message to its group, in order, from a thread that runs no event loop.

    Raises RedisError, or OSError when Redis does not answer in time.
    """
    sent = asyncio.run_coroutine_threadsafe(_send(messages), _loop())
    try:
        sent.result(timeout=MOST_SECONDS)
    except TimeoutError:
        sent.cancel()
        raise


async def _send(messages: tuple[tuple[str, dict[str, Any]], ...]) -> None:
    layer = get_channel_layer()
    for group, message in messages:
        await layer.group_send(group, message)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="live", daemon=True).start()
    return loop


# A thread does not survive a fork: the child starts its own.
os.register_at_fork(after_in_child=_loop.cache_clear)
