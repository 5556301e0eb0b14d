"""What a browser sent, read into our words. Sockets and pages use the same.

Nothing that cannot be read raises anything but `Refused`: a sentence, and nothing is stored.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from cases.actions.refusing import Refused
from chat import enclosing
from chat.actions import saying
from chat.actions.saying import Saying
from chat.models import Conversation, Line, Visit
from helpdesk.people.models import Person

_ID_MOST = 64


def is_number(value: object) -> bool:
    """A line number as it may come from outside."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def reading_of(content: Mapping[str, Any], *, of: Visit | Person) -> Saying:
    """A saying from `{"id", "text", "files", "written_at"}`; call it in the transaction."""
    client_id, text = content.get("id"), content.get("text", "")
    files = content.get("files", [])
    if not isinstance(client_id, str) or not 8 <= len(client_id) <= _ID_MOST:
        raise Refused("The message has no id of its own, so it was not taken.")
    if not client_id.isascii() or not client_id.isprintable():
        raise Refused("The message has no id of its own, so it was not taken.")
    if not isinstance(text, str) or not _are_texts(files):
        raise Refused("The message could not be read, so it was not taken.")
    return Saying(
        text=text,
        client_id=client_id,
        files=enclosing.take(files, of=of),
        written_at=_time(content.get("written_at")),
    )


@transaction.atomic
def said_by_client(
    conversation: Conversation, content: Mapping[str, Any], *, visit: Visit, at: datetime
) -> Line:
    """A line of the client's from what came. The same id again is the same line. Raises Refused."""
    before = _before(conversation, content, "client:")
    if before is not None:
        return before
    return saying.say_as_client(conversation, reading_of(content, of=visit), visit=visit, at=at)


@transaction.atomic
def said_by_ours(
    conversation: Conversation, content: Mapping[str, Any], *, by: Person, at: datetime
) -> Line:
    """A line of ours from what came; `{"whisper": true}` is for us alone. Raises Refused."""
    before = _before(conversation, content, f"{by.pk}:")
    if before is not None:
        return before
    return saying.say_as_agent(
        conversation,
        reading_of(content, of=by),
        by=by,
        # Anything but a plain no is for us alone: what is unclear is not published.
        is_whisper=content.get("whisper", False) is not False,
        at=at,
    )


def _before(conversation: Conversation, content: Mapping[str, Any], prefix: str) -> Line | None:
    """The line of a repeated sending, whose files are drafts no more."""
    if not content.get("files"):
        return None
    return conversation.lines.filter(client_id=f"{prefix}{content.get('id')}").first()


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and len(one) < 64 for one in value)


def _time(value: object) -> datetime | None:
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = parse_datetime(value)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
