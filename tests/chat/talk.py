"""One call makes one thing of the chat, through the ordinary doors."""

from datetime import UTC, datetime
from uuid import uuid4

from chat.actions.saying import Saying, say_as_agent, say_as_client
from chat.actions.starting import Beginning, start
from chat.identity.visiting import Opened, open_anonymous, open_vouched
from chat.identity.vouching import read_voucher, vouch_for
from chat.models import Conversation, Line, Site
from helpdesk.people.models import Person

WORDS = "The monthly report is empty."


def a_site(**facts: object) -> Site:
    return Site.objects.update_or_create(
        key="help-center", defaults={"name": "Help Center", **facts}
    )[0]


def a_guest(*, name: str = "Vic", email: str = "vic@home.example") -> Opened:
    """Somebody who gave a name and an address."""
    return open_anonymous(a_site(), name=name, email=email, at=datetime.now(UTC))


def a_client(person: Person) -> Opened:
    """Somebody for whom a page vouched."""
    now = datetime.now(UTC)
    token = vouch_for(person, site=a_site(), at=now)
    return open_vouched(a_site(), read_voucher(a_site(), token, at=now), at=now)


def a_conversation(
    opened: Opened, *, text: str = WORDS, is_live: bool = True, at: datetime | None = None
) -> Conversation:
    return start(opened.visit, Beginning(saying=saying(text), is_live=is_live), at=at)


def a_line(conversation: Conversation, text: str, *, at: datetime | None = None) -> Line:
    """The client says something."""
    return say_as_client(conversation, saying(text), visit=conversation.visit, at=at)


def an_answer(
    conversation: Conversation, by: Person, text: str = "I look at it.", **more: object
) -> Line:
    return say_as_agent(conversation, saying(text), by=by, **more)  # type: ignore[arg-type]


def saying(text: str, *, client_id: str = "") -> Saying:
    return Saying(text=text, client_id=client_id or uuid4().hex)


def numbers_of(conversation: Conversation) -> list[tuple[int, int | None]]:
    return list(conversation.lines.order_by("number").values_list("number", "public_number"))
