"""The web process of the embedded desk: pages, sockets and, beside them, mail by SMTP.

One process, as each that loads Django costs a hundred megabytes; in production
`manage.py listen_smtp` is one of its own.
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import AsyncExitStack
from typing import Any

from helpdesk.asgi import application as pages_and_sockets

# isort: split
from helpdesk.embedded.children import SMTP_PORT
from helpdesk.mail.listening import listen

Message = MutableMapping[str, Any]


async def application(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Any]
) -> None:
    """Answer as the desk does, and take mail from the server's start to its end."""
    if scope["type"] != "lifespan":
        await pages_and_sockets(scope, receive, send)
        return
    async with AsyncExitStack() as listening:
        await receive()
        server = await listen("127.0.0.1", int(os.environ[SMTP_PORT]), is_lmtp=False)
        await listening.enter_async_context(server)
        await send({"type": "lifespan.startup.complete"})
        await receive()
    await send({"type": "lifespan.shutdown.complete"})
