"""The beat: many sockets are looked at in one question."""

from collections.abc import Sequence

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat import beating, presence, reading
from chat.models import Conversation, Visit
from tests.chat.talk import a_conversation, a_guest

pytest_plugins = ["tests.chat.sockets"]
pytestmark = pytest.mark.usefixtures("brief_connections")
look_at = async_to_sync(beating.look_at)


class Screen:
    """A socket that notes what the beat does with it."""

    may_stay = True

    def __init__(self, who: str, *watched: int) -> None:
        self.who, self.watched = who, set(watched)
        self.told: list[dict[int, tuple[int, int]]] = []
        self.is_shut = False

    @classmethod
    async def let_in(cls, sockets: Sequence[beating.Socket]) -> set[beating.Socket]:
        return {one for one in sockets if isinstance(one, cls) and one.may_stay}

    def watching(self) -> set[int]:
        return self.watched

    async def catch_up(self, last: dict[int, tuple[int, int]]) -> None:
        self.told.append(last)

    async def shut(self) -> None:
        self.is_shut = True


def test_who_may_stay_is_here_and_told_and_who_may_not_is_shut() -> None:
    talk = a_conversation(a_guest())
    staying, leaving = Screen("visit:1", talk.pk), Screen("visit:2", talk.pk)
    leaving.may_stay = False
    look_at([staying, leaving])
    assert (staying.is_shut, leaving.is_shut) == (False, True)
    assert staying.told == [{talk.pk: (1, 1)}]
    assert leaving.told == []
    assert presence.here(["visit:1", "visit:2"]) == {"visit:1"}


def test_the_visits_that_ended_are_found_in_one_question() -> None:
    alive, over = a_guest().visit, a_guest().visit
    Visit.objects.filter(pk=over.pk).update(ended_at=over.expires_at)
    with CaptureQueriesContext(connection) as asked:
        assert reading.living_visits([alive.pk, over.pk]) == {alive.pk}
    assert len(asked) == 1


def test_the_beat_of_a_loop_ends_with_its_last_socket() -> None:
    async def beats_left() -> list[int]:
        first, second = Screen("visit:1"), Screen("visit:2")
        beating.join(first)
        beating.join(second)
        beating.leave(first)
        one_left = len(beating._beats)
        beating.leave(second)
        return [one_left, len(beating._beats)]

    assert async_to_sync(beats_left)() == [1, 0]


def test_a_lost_ring_is_made_good_with_the_next_beat() -> None:
    talk = a_conversation(a_guest())
    screen = Screen("visit:1", talk.pk)
    Conversation.objects.filter(pk=talk.pk).update(last_number=7, last_public_number=6)
    look_at([screen])
    assert screen.told == [{talk.pk: (7, 6)}]
