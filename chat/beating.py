"""The beat of the open sockets: every half minute each is looked at, many of them in one question.

Two thousand pop-ups that each asked for themselves would ask the database hundreds of times a
second, all for nothing: that nobody's rights ended, and that no ring was lost.
"""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol
from weakref import WeakKeyDictionary

import structlog

from chat import presence, reading
from chat.in_database import in_database

log = structlog.get_logger(__name__)
# The sockets of a process take turns, so that they do not all ask at once.
SLOTS = 10


class Socket(Protocol):
    """What beats: `ChatSocket`."""

    who: str

    @classmethod
    async def let_in(cls, sockets: Sequence["Socket"]) -> set["Socket"]:
        """Those who still may have their socket, of sockets of this kind."""

    def watching(self) -> set[int]:
        """The conversations on this screen."""

    async def catch_up(self, last: dict[int, tuple[int, int]]) -> None:
        """Tell what a lost ring did not; `last` holds each conversation's newest numbers."""

    async def shut(self) -> None:
        """Close: whoever opened it may have it no more."""


class Beat:
    """The sockets of one event loop."""

    def __init__(self) -> None:
        self._slots: list[set[Socket]] = [set() for _ in range(SLOTS)]
        self._next = itertools.cycle(range(SLOTS))
        self._task = asyncio.create_task(self._go_on())

    def add(self, socket: Socket) -> None:
        self._slots[next(self._next)].add(socket)

    def remove(self, socket: Socket) -> bool:
        """Take it out; say whether others are left."""
        for slot in self._slots:
            slot.discard(socket)
        if any(self._slots):
            return True
        self._task.cancel()
        return False

    async def _go_on(self) -> None:
        for slot in itertools.cycle(self._slots):
            await asyncio.sleep(presence.BEAT_SECONDS / SLOTS)
            try:
                await look_at(list(slot))
            except Exception:
                # The database is away: the sockets stay, their turn comes again.
                log.exception("chat.beat_failed", sockets=len(slot))


_beats: WeakKeyDictionary[asyncio.AbstractEventLoop, Beat] = WeakKeyDictionary()


def join(socket: Socket) -> None:
    """From now on this socket has its turns."""
    loop = asyncio.get_running_loop()
    if loop not in _beats:
        _beats[loop] = Beat()
    _beats[loop].add(socket)


def leave(socket: Socket) -> None:
    """It is closed."""
    loop = asyncio.get_running_loop()
    if loop in _beats and not _beats[loop].remove(socket):
        del _beats[loop]


async def look_at(sockets: Sequence[Socket]) -> None:
    """Close those whose rights ended, keep the others here, tell them what they missed."""
    kinds: dict[type[Socket], list[Socket]] = defaultdict(list)
    for socket in sockets:
        kinds[type(socket)].append(socket)
    staying: list[Socket] = []
    for kind, of_kind in kinds.items():
        let_in = await kind.let_in(of_kind)
        staying += [one for one in of_kind if one in let_in]
        for one in of_kind:
            if one not in let_in:
                await one.shut()
    await presence.stay([one.who for one in staying])
    watched = {pk for one in staying for pk in one.watching()}
    if not watched:
        return
    last = await in_database(reading.last_numbers, watched)
    for one in staying:
        await one.catch_up(last)
