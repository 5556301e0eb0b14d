"""The socket of the inbox: one of ours, known by the session."""

import asyncio
from collections.abc import Sequence
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from chat import access, beating, doorbell, presence, reading, receiving
from chat.actions import receipting
from chat.consumers import NOT_KNOWN, TOO_MANY, ChatSocket
from chat.in_database import in_database
from helpdesk.live import groups
from helpdesk.people.models import Person

# The list is told at most this often that something changed.
GATHER_SECONDS = 0.5


class DeskSocket(ChatSocket):
    """One open inbox."""

    is_ours = True

    async def connect(self) -> None:
        await super().connect()
        self.person = self.scope["user"]
        self.list_ring: asyncio.Task[None] | None = None
        if not access.may_enter_inbox(self.person):
            await self.close(code=NOT_KNOWN)
            return
        if not self.takes_place(presence.of_agent(self.person.pk)):
            await self.close(code=TOO_MANY)
            return
        await self.join(groups.of_person(self.person.pk))
        await self.join(doorbell.INBOX)
        await self.join(doorbell.group_of_agent(self.person.pk))
        await self.begin(presence.of_agent(self.person.pk))
        await self.send_json({"welcome": self.person.name})

    async def is_let_in(self) -> bool:
        return await in_database(_is_still_signed_in, self.scope["session"], self.person)

    @classmethod
    async def let_in(cls, sockets: Sequence[beating.Socket]) -> set[beating.Socket]:
        """Inboxes are few: one after the other."""
        ours = [one for one in sockets if isinstance(one, cls)]
        return {one for one in ours if await one.is_let_in()}

    def news(self, name: Any, after: int) -> dict[str, Any] | None:
        person: Person = self.person
        if not isinstance(name, int):
            return None
        return reading.news_for_person(person, name, after=after)

    def keep(self, name: Any, content: dict[str, Any]) -> dict[str, Any] | None:
        person: Person = self.person
        conversation = reading.conversation_of_person(person, name)
        if conversation is None:
            return None
        line = receiving.said_by_ours(conversation, content, by=person, at=timezone.now())
        return {"conversation": name, "id": content["id"], "number": line.number}

    def receipt(self, pk: int, content: dict[str, Any]) -> None:
        if receiving.is_number(read := content.get("read", 0)):
            receipting.note_ours(pk, read=read)

    def typist(self) -> str:
        return str(self.person.name)

    async def hear(self, content: dict[str, Any]) -> None:
        if access.may_enter_inbox(self.person):
            await super().hear(content)

    async def chat_inbox(self, event: dict[str, Any]) -> None:
        """Something in the list changed: gathered, as two hundred chats ring often."""
        if self.list_ring is None or self.list_ring.done():
            self.list_ring = asyncio.create_task(self._ring_list())
            self.tasks = [task for task in self.tasks if not task.done()] + [self.list_ring]

    async def chat_given(self, event: dict[str, Any]) -> None:
        """A chat that waits was given to this very agent."""
        await self.send_json({"given": event["conversation"]})

    async def _ring_list(self) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        await self.send_json({"inbox": "changed"})


def _is_still_signed_in(session: SessionBase, person: Person) -> bool:
    alive: bool = session.exists(session.session_key or "")
    unchanged = Person.objects.active().filter(pk=person.pk, session_epoch=person.session_epoch)
    return alive and access.may_enter_inbox(person) and unchanged.exists()
