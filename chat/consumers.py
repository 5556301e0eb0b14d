"""The sockets of the chat; `chat/README.md` has the words that go over them.

A pop-up proves its visit by its first message and never by a cookie; an inbox by the session.
Rights are asked at each message and each reading of news, and every half minute beside.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from channels.generic.websocket import AsyncJsonWebsocketConsumer

from cases.actions.refusing import Refused
from chat import beating, doorbell, presence
from chat.actions.saying import TooFast
from chat.in_database import in_database
from chat.receiving import is_number

MOST_CHARACTERS = 64_000
MOST_WATCHED = 20
HELLO_SECONDS = 10
TYPING_SECONDS = 1
# In one process: a visitor has a few pages open, an agent a few windows.
MOST_SOCKETS = 20
NOT_KNOWN, ENDED, TOO_MANY, TOO_LARGE = 4401, 4403, 4429, 1009


@dataclass(slots=True)
class Watched:
    """A conversation on this screen: its row, its last number here, the group that rings.

    A ring and the beat may both find the same line: `turn` lets one tell it, and only once.
    """

    pk: int
    after: int
    group: str
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class ChatSocket(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """What pop-up and inbox have in common: watching, saying, typing, receipts, the beat."""

    is_ours: ClassVar[bool]
    open_sockets: ClassVar[Counter[str]] = Counter()
    who = ""
    place_taken = ""

    async def connect(self) -> None:
        self.watched: dict[str | int, Watched] = {}
        self.typed_at = 0.0
        self.groups_joined: set[str] = set()
        self.tasks: list[asyncio.Task[None]] = []
        await self.accept()

    async def disconnect(self, code: int) -> None:
        for task in self.tasks:
            task.cancel()
        for group in self.groups_joined:
            await self.channel_layer.group_discard(group, self.channel_name)
        if self.place_taken:
            ChatSocket.open_sockets[self.place_taken] -= 1
            ChatSocket.open_sockets += Counter()
        if self.who:
            beating.leave(self)
            await presence.leave(self.who)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any
    ) -> None:
        if text_data is None or len(text_data) > MOST_CHARACTERS:
            await self.close(code=TOO_LARGE)
            return
        try:
            content = json.loads(text_data)
        except (ValueError, RecursionError):
            return
        if isinstance(content, dict):
            await self.hear(content)

    async def hear(self, content: dict[str, Any]) -> None:
        """Do the one thing that a message asks for; what is not understood is left alone."""
        verbs: dict[str, Callable[[dict[str, Any]], Awaitable[None]]] = {
            "watch": self._watch,
            "unwatch": self._unwatch,
            "say": self._say,
            "typing": self._typing,
            "receipt": self._receipt,
        }
        for verb, do in verbs.items():
            if verb in content:
                await do(content)
                return

    def takes_place(self, who: str) -> bool:
        """Count this socket among those of `who` in this process; False when there are too many."""
        if ChatSocket.open_sockets[who] >= MOST_SOCKETS:
            return False
        ChatSocket.open_sockets[who] += 1
        self.place_taken = who
        return True

    async def begin(self, who: str) -> None:
        """Count this socket as a presence, and beat from now on."""
        self.who = who
        await presence.arrive(who)
        beating.join(self)

    # What the two differ in -----------------------------------------------------------------

    async def is_let_in(self) -> bool:
        """Whether whoever opened this socket still may have it."""
        raise NotImplementedError

    @classmethod
    async def let_in(cls, sockets: Sequence[beating.Socket]) -> set[beating.Socket]:
        """Those of these sockets of which `is_let_in` holds."""
        raise NotImplementedError

    def news(self, name: Any, after: int) -> dict[str, Any] | None:
        """The news of a conversation that may be read here; None for any other. In a thread."""
        raise NotImplementedError

    def keep(self, name: Any, content: dict[str, Any]) -> dict[str, Any] | None:
        """Store what was said and return the answer; None where it may not be. In a thread."""
        raise NotImplementedError

    def receipt(self, pk: int, content: dict[str, Any]) -> None:
        """Note what has arrived and been read. In a thread."""
        raise NotImplementedError

    def typist(self) -> str:
        """The name that the other side reads while somebody types."""
        raise NotImplementedError

    async def note_typing(self, pk: int) -> None:
        """Somebody types in the conversation `pk`."""

    # The beat ---------------------------------------------------------------------------------

    def watching(self) -> set[int]:
        return {watched.pk for watched in self.watched.values()}

    async def catch_up(self, last: dict[int, tuple[int, int]]) -> None:
        for name, watched in list(self.watched.items()):
            ours, public = last.get(watched.pk, (0, 0))
            if (ours if self.is_ours else public) > watched.after:
                await self._tell(name, watched)

    async def shut(self) -> None:
        await self.close(code=ENDED)

    # From the browser ------------------------------------------------------------------------

    async def _watch(self, content: dict[str, Any]) -> None:
        name, after = content["watch"], content.get("after", 0)
        if not isinstance(name, str | int) or not is_number(after):
            return
        if name not in self.watched and len(self.watched) >= MOST_WATCHED:
            await self.send_json({"refused": {"watch": name, "error": "Close another chat first."}})
            return
        news = await in_database(self.news, name, after)
        if news is None:
            await self.send_json({"refused": {"watch": name, "error": "There is no such chat."}})
            return
        pk = news.pop("pk")
        watched = Watched(pk, after, doorbell.group_of(pk, is_ours=self.is_ours))
        await self.join(watched.group)
        self.watched[name] = watched
        # Asked again after joining: a line between the two would have rung for nobody.
        await self._tell(name, watched, even_nothing=True)

    async def _unwatch(self, content: dict[str, Any]) -> None:
        watched = (
            self.watched.pop(content["unwatch"], None) if _is_name(content["unwatch"]) else None
        )
        if watched is not None:
            await self._leave(watched.group)

    async def _say(self, content: dict[str, Any]) -> None:
        said = content["say"]
        if not isinstance(said, dict) or not _is_name(said.get("conversation")):
            return
        own = said.get("id") if isinstance(said.get("id"), str) else None
        try:
            stored = await in_database(self.keep, said["conversation"], said)
        except TooFast as refusal:
            answer = {"id": own, "error": str(refusal), "again": refusal.retry_after}
            await self.send_json({"refused": answer})
        except Refused as refusal:
            await self.send_json({"refused": {"id": own, "error": str(refusal)}})
        else:
            missing = {"refused": {"id": own, "error": "There is no such chat."}}
            await self.send_json({"stored": stored} if stored else missing)

    async def _typing(self, content: dict[str, Any]) -> None:
        watched = self.watched.get(content["typing"]) if _is_name(content["typing"]) else None
        now = time.monotonic()
        if watched is not None and now - self.typed_at >= TYPING_SECONDS:
            self.typed_at = now
            await self.note_typing(watched.pk)
            message = {"type": "chat.typing", "conversation": watched.pk, "name": self.typist()}
            await doorbell.ring_now(
                (doorbell.group_of(watched.pk, is_ours=not self.is_ours), message)
            )

    async def _receipt(self, content: dict[str, Any]) -> None:
        name = content["receipt"]
        watched = self.watched.get(name) if _is_name(name) else None
        if watched is None or not await self.is_let_in():
            return
        await in_database(self.receipt, watched.pk, content)
        message = {"type": "chat.receipt", "conversation": watched.pk}
        await doorbell.ring_now((doorbell.group_of(watched.pk, is_ours=not self.is_ours), message))

    # From the doorbell ------------------------------------------------------------------------

    async def chat_news(self, event: dict[str, Any]) -> None:
        last = event["last"] if self.is_ours else event["last_public"]
        for name, watched in list(self.watched.items()):
            if watched.pk == event["conversation"] and last > watched.after:
                await self._tell(name, watched)

    async def chat_typing(self, event: dict[str, Any]) -> None:
        for name, watched in self.watched.items():
            if watched.pk == event["conversation"]:
                await self.send_json({"typing": name, "name": event["name"]})

    async def chat_receipt(self, event: dict[str, Any]) -> None:
        for name, watched in list(self.watched.items()):
            if watched.pk == event["conversation"]:
                await self._tell(name, watched, even_nothing=True)

    async def nudge(self, event: dict[str, Any]) -> None:
        """News for other screens of this person."""

    async def end(self, event: dict[str, Any]) -> None:
        """The session or the rights of this person ended."""
        await self.close(code=ENDED)

    # ------------------------------------------------------------------------------------------

    async def join(self, group: str) -> None:
        self.groups_joined.add(group)
        await self.channel_layer.group_add(group, self.channel_name)

    async def _leave(self, group: str) -> None:
        self.groups_joined.discard(group)
        await self.channel_layer.group_discard(group, self.channel_name)

    async def _tell(self, name: str | int, watched: Watched, *, even_nothing: bool = False) -> None:
        """Send what is new, page by page; a conversation that may no longer be read is dropped."""
        async with watched.turn:
            await self._tell_in_turn(name, watched, even_nothing=even_nothing)

    async def _tell_in_turn(self, name: str | int, watched: Watched, *, even_nothing: bool) -> None:
        while True:
            news = await in_database(self.news, name, watched.after)
            if news is None:
                self.watched.pop(name, None)
                await self._leave(watched.group)
                return
            del news["pk"]
            lines = news["lines"]
            if lines or even_nothing:
                await self.send_json({"news": news})
            if not lines:
                return
            watched.after, even_nothing = lines[-1]["number"], False
            if watched.after >= news["last"]:
                return


def _is_name(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)
