"""The demo shows a chat that waits, one in talk, and one that has ended."""

from datetime import UTC, datetime

from chat.models import Conversation
from helpdesk.demo import chats
from helpdesk.people.models import Person
from tests.chat.talk import a_site


def test_the_demo_has_a_chat_of_each_kind(ada: Person, carla: Person, gil: Person) -> None:
    a_site()
    chats.play({"ada": ada, "carla": carla, "gil": gil}, now=datetime.now(UTC))
    states = Conversation.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["ended", "active", "waiting"]
