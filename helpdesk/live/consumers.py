"""The socket of a page: signed-in people watch subjects that they may see.

Browser to desk: {"watch": "case:1042"} and {"unwatch": ...}. Desk to browser:
{"changed": "case:1042"}. Rights are asked when the socket opens and at every watch; a socket
whose session or person has ended is closed (`security.md` T29, T47).
"""

import asyncio
import contextlib
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.module_loading import import_string

from helpdesk.live import groups
from helpdesk.people.models import Person

RECHECK_SECONDS = 60
MOST_WATCHED = 20
NOT_SIGNED_IN, ENDED = 4401, 4403


class LiveConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """One open page."""

    async def connect(self) -> None:
        self.watched: dict[str, str] = {}
        self.joined: set[str] = set()
        person = self.scope["user"]
        await self.accept()
        if not isinstance(person, Person) or not person.is_active:
            await self.close(code=NOT_SIGNED_IN)
            return
        await self._join(groups.of_person(person.pk))
        if person.is_staff_member:
            await self._join(groups.STAFF)
        self.recheck = asyncio.create_task(self._recheck())

    async def disconnect(self, code: int) -> None:
        if recheck := getattr(self, "recheck", None):
            recheck.cancel()
        for group in self.joined:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        if not isinstance(content, dict):
            return
        if isinstance(what := content.get("watch"), str) and len(self.watched) < MOST_WATCHED:
            await self._watch(what)
        elif isinstance(what := content.get("unwatch"), str) and what in self.watched:
            await self._leave(self.watched.pop(what))

    async def nudge(self, event: dict[str, str]) -> None:
        await self.send_json({"changed": event["changed"]})

    async def end(self, event: dict[str, str]) -> None:
        await self.close(code=ENDED)

    async def _watch(self, what: str) -> None:
        kind, _, number = what.partition(":")
        question = settings.LIVE_SUBJECTS.get(kind)
        if question is None or not number.isascii() or not number.isdigit() or len(number) > 18:
            return
        may_watch = import_string(question)
        person: Person = self.scope["user"]
        if not await database_sync_to_async(may_watch)(person, int(number)):
            await self.send_json({"refused": what})
            return
        group = groups.of_subject(kind, int(number), is_ours=person.is_staff_member)
        self.watched[what] = group
        await self._join(group)

    async def _join(self, group: str) -> None:
        self.joined.add(group)
        await self.channel_layer.group_add(group, self.channel_name)

    async def _leave(self, group: str) -> None:
        self.joined.discard(group)
        await self.channel_layer.group_discard(group, self.channel_name)

    async def _recheck(self) -> None:
        """Notice an ended session even where the notice of its end was lost."""
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(RECHECK_SECONDS)
                if not await _is_still_signed_in(self.scope):
                    await self.close(code=ENDED)
                    return


@database_sync_to_async  # type: ignore[untyped-decorator]
def _is_still_signed_in(scope: dict[str, Any]) -> bool:
    session = scope["session"]
    person = scope["user"]
    if isinstance(person, AnonymousUser):
        return False
    alive: bool = session.exists(session.session_key)
    return alive and Person.objects.active().filter(pk=person.pk).exists()
