"""Sockets of the chat, spoken to as a browser does, over the real application."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.db import connection
from django.test import Client

from helpdesk.asgi import application
from helpdesk.people.models import Person

WIDGET, DESK = "/chat/socket/", "/console/chat/socket/"
PATIENCE_SECONDS = 20
Header = tuple[bytes, bytes]


class Line(ApplicationCommunicator):
    """One socket, seen from the browser."""

    def __init__(self, path: str, *headers: Header) -> None:
        scope = {
            "type": "websocket",
            "path": path,
            "query_string": b"",
            "headers": list(headers),
            "subprotocols": [],
        }
        super().__init__(application, scope)

    async def connect(self) -> bool:
        """Knock; say whether the desk lets in."""
        await self.send_input({"type": "websocket.connect"})
        answer = await self.receive_output(PATIENCE_SECONDS)
        return bool(answer["type"] == "websocket.accept")

    async def send(self, content: object) -> None:
        await self.send_text(json.dumps(content))

    async def send_text(self, text: str) -> None:
        await self.send_input({"type": "websocket.receive", "text": text})

    async def next(self) -> dict[str, Any]:
        """The next message; the desk's close is {"closed": code}."""
        output = await self.receive_output(PATIENCE_SECONDS)
        if output["type"] == "websocket.close":
            return {"closed": output["code"]}
        content: dict[str, Any] = json.loads(output["text"])
        return content

    async def heard(self, verb: str) -> dict[str, Any]:
        """The next message with `verb`, or the close."""
        while True:
            content = await self.next()
            if verb in content or "closed" in content:
                return content

    async def hang_up(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(PATIENCE_SECONDS)


@asynccontextmanager
async def socket(path: str, *headers: Header) -> AsyncIterator[Line]:
    """A socket of one of our own pages, which was accepted."""
    line = Line(path, (b"origin", str(settings.SITE_URL).encode()), *headers)
    assert await line.connect()
    try:
        yield line
    finally:
        await line.hang_up()


def cookie_of(person: Person) -> Header:
    """The session of somebody who is signed in."""
    browser = Client()
    browser.force_login(person)
    value = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return (b"cookie", f"{settings.SESSION_COOKIE_NAME}={value}".encode())


@pytest.fixture
def brief_connections(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The threads of sockets give their connections back, so that tables can be emptied."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
