"""The live board: how things stand at the chats now, at most two seconds old, for any number.

One picture is made for everybody and kept; while one makes the next, the others read the last.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Min

from chat import presence
from chat.measures.reading import Day, days
from chat.models import Availability, Conversation
from helpdesk.people.models import Person

OLDEST = timedelta(seconds=2)
RENEWED_AFTER = timedelta(seconds=1)
MOST_AGENTS = 200
_KEY, _LOCK = "chat:board", "chat:board:making"


@dataclass(frozen=True, slots=True)
class Seat:
    """One of ours at the chats: there or away, and how many chats of how many."""

    name: str
    is_here: bool
    is_away: bool
    chats: int
    most: int

    @property
    def is_full(self) -> bool:
        return self.chats >= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """How things stand. `waits_seconds` is the longest wait of those who wait now."""

    at: datetime
    waiting: int
    waits_seconds: int | None
    in_talk: int
    seats: list[Seat]
    today: Day

    @property
    def here(self) -> int:
        return sum(seat.is_here and not seat.is_away for seat in self.seats)


def board(*, now: datetime) -> Board:
    """The picture of now, made anew once a second at most."""
    kept: Board | None = cache.get(_KEY)
    if kept is not None and now - kept.at < OLDEST:
        is_fresh = now - kept.at < RENEWED_AFTER
        if is_fresh or not cache.add(_LOCK, 1, timeout=RENEWED_AFTER.seconds):
            return kept
    made = _make(now)
    cache.set(_KEY, made, timeout=OLDEST.seconds)
    return made


def _make(now: datetime) -> Board:
    waiting = Conversation.objects.waiting().aggregate(many=Count("pk"), first=Min("created_at"))
    talks = _talks()
    [today] = days(now=now, zone=ZoneInfo(str(settings.DESK_TIME_ZONE)), count=1)
    first = waiting["first"]
    return Board(
        at=now,
        waiting=waiting["many"],
        waits_seconds=max(0, int((now - first).total_seconds())) if first else None,
        in_talk=sum(talks.values()),
        seats=_seats(talks),
        today=today,
    )


def _talks() -> dict[int | None, int]:
    active = Conversation.objects.filter(state=Conversation.State.ACTIVE).order_by()
    return dict(active.values_list("agent").annotate(many=Count("pk")))


def _seats(talks: dict[int | None, int]) -> list[Seat]:
    """Those who have the inbox open or a chat in hand, the busiest first."""
    people = list(Person.objects.staff().select_related("chat_availability"))
    found = presence.here(presence.of_agent(person.pk) for person in people)
    seats = [
        _seat(person, is_here=presence.of_agent(person.pk) in found, chats=talks.get(person.pk, 0))
        for person in people
    ]
    shown = [seat for seat in seats if seat.is_here or seat.chats]
    return sorted(shown, key=lambda seat: (-seat.chats, not seat.is_here, seat.name))[:MOST_AGENTS]


def _seat(person: Person, *, is_here: bool, chats: int) -> Seat:
    taken = getattr(person, "chat_availability", None) or Availability()
    return Seat(person.name, is_here, taken.is_away, chats, taken.most_at_once)
