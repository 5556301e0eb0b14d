"""The socket of the pop-up. It reads no cookie: the first message holds the visit's secret."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from chat import beating, limiting, presence, reading, receiving
from chat.actions import receipting
from chat.consumers import HELLO_SECONDS, NOT_KNOWN, TOO_MANY, ChatSocket
from chat.identity import visiting
from chat.identity.visiting import visit_with
from chat.idle import sweeping
from chat.in_database import in_database
from chat.models import Visit
from helpdesk.live import groups

# How often typing is noted as a sign of life.
LIVELY_SECONDS = 30.0


class WidgetSocket(ChatSocket):
    """One open pop-up."""

    is_ours = False

    async def connect(self) -> None:
        self.visit: Visit | None = None
        self.allowance = limiting.Allowance(limiting.place_of_socket(self.scope))
        self.lively_at = -LIVELY_SECONDS
        await super().connect()
        self.tasks.append(asyncio.create_task(self._wait_for_hello()))

    async def hear(self, content: dict[str, Any]) -> None:
        if self.visit is None:
            await self._hello(content)
            return
        await super().hear(content)

    async def is_let_in(self) -> bool:
        if self.visit is None:
            return False
        visit = await in_database(reading.living_visit, self.visit.pk)
        self.visit = visit or self.visit
        return visit is not None

    @classmethod
    async def let_in(cls, sockets: Sequence[beating.Socket]) -> set[beating.Socket]:
        """All their visits in one question."""
        of_visits = {
            one: one.visit.pk for one in sockets if isinstance(one, cls) and one.visit is not None
        }
        living = await in_database(reading.living_visits, set(of_visits.values()))
        return {one for one, pk in of_visits.items() if pk in living}

    def news(self, name: Any, after: int) -> dict[str, Any] | None:
        if self.visit is None or not isinstance(name, str):
            return None
        return reading.news_for_visit(self.visit, name, after=after, at=timezone.now())

    def keep(self, name: Any, content: dict[str, Any]) -> dict[str, Any] | None:
        visit = self.visit
        if visit is None or not isinstance(name, str):
            return None
        conversation = reading.conversation_of_visit(visit, name, at=timezone.now())
        if conversation is None:
            return None
        self.allowance.take(visit)
        line = receiving.said_by_client(conversation, content, visit=visit, at=timezone.now())
        return {"conversation": name, "id": content["id"], "number": line.public_number}

    def receipt(self, pk: int, content: dict[str, Any]) -> None:
        delivered, read = content.get("delivered", 0), content.get("read", 0)
        if receiving.is_number(delivered) and receiving.is_number(read):
            receipting.note_client(pk, delivered=delivered, read=read)

    def typist(self) -> str:
        return self.visit.name if self.visit else ""

    async def note_typing(self, pk: int) -> None:
        now = time.monotonic()
        if now - self.lively_at >= LIVELY_SECONDS:
            self.lively_at = now
            await in_database(_note_life, pk)

    async def _hello(self, content: dict[str, Any]) -> None:
        secret = content.get("hello")
        visit = None
        if isinstance(secret, str):
            visit = await in_database(_visit_of, secret, content.get("page"))
        if visit is None:
            await self.close(code=NOT_KNOWN)
            return
        if not self.takes_place(presence.of_visit(visit.pk)):
            await self.close(code=TOO_MANY)
            return
        self.visit = visit
        if visit.person_id is not None:
            await self.join(groups.of_person(visit.person_id))
        await self.begin(presence.of_visit(visit.pk))
        await self.send_json({"welcome": visit.name})

    async def _wait_for_hello(self) -> None:
        await asyncio.sleep(HELLO_SECONDS)
        if self.visit is None:
            await self.close(code=NOT_KNOWN)


def _note_life(pk: int) -> None:
    sweeping.note_life(pk, at=timezone.now())


def _visit_of(secret: str, page: object) -> Visit | None:
    visit = visit_with(secret, at=timezone.now())
    if visit is not None and isinstance(page, str):
        visiting.note_page(visit, page)
    return visit
