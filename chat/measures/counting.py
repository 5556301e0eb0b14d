"""Adding to the figures, by the doors, as the last thing they do in their transaction.

Last, since the row of an hour is shared: whoever holds it waits for nothing more, so two doors
cannot block each other.
"""

from datetime import UTC, datetime

from django.db import connection

from chat.measures.models import SLOTS, Figures
from chat.models import Conversation

_SUMS = (
    "begun",
    "messages",
    "accepted",
    "answered",
    "abandoned",
    "wait_seconds",
    "reply_seconds",
    "good",
    "bad",
)
_MOST = ("longest_wait", "most_at_once")


def count_beginning(conversation: Conversation) -> None:
    """A chat began while somebody was there to answer, or a message was left."""
    if conversation.is_measured:
        _add(conversation, begun=1)
    else:
        _add(conversation, messages=1)


def count_acceptance(conversation: Conversation, *, at: datetime, is_first: bool) -> None:
    """One of ours took the chat: how long it waited, and how many are in talk now."""
    at_once = Conversation.objects.filter(state=Conversation.State.ACTIVE).count()
    if is_first and conversation.is_measured:
        waited = _seconds(conversation, until=at)
        _add(
            conversation,
            accepted=1,
            wait_seconds=waited,
            longest_wait=waited,
            most_at_once=at_once,
        )
    else:
        _add(conversation, most_at_once=at_once)


def count_first_answer(conversation: Conversation, *, at: datetime) -> None:
    """The first answer that the client may read."""
    if conversation.is_measured:
        _add(conversation, answered=1, reply_seconds=_seconds(conversation, until=at))


def count_abandonment(conversation: Conversation) -> None:
    """The client left, or ended it, before anybody answered."""
    if conversation.is_measured and conversation.first_answered_at is None:
        _add(conversation, abandoned=1)


def count_rating(conversation: Conversation) -> None:
    """The client said how it went."""
    is_good = conversation.rating == Conversation.Rating.GOOD
    _add(conversation, good=int(is_good), bad=int(not is_good))


def _seconds(conversation: Conversation, *, until: datetime) -> int:
    return max(0, round((until - conversation.created_at).total_seconds()))


def _add(conversation: Conversation, **figures: int) -> None:
    """One statement, under the lock of the row of this hour and slot."""
    hour = conversation.created_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    row: dict[str, int | datetime] = {
        "site_id": conversation.site_id,
        "hour_at": hour,
        "slot": conversation.pk % SLOTS,
        **dict.fromkeys(_COLUMNS, 0),
        **figures,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ADD, row)


_COLUMNS = (*_SUMS, *_MOST)
_ADD = f"""
    INSERT INTO {Figures._meta.db_table} AS kept
        (site_id, hour_at, slot, {", ".join(_COLUMNS)})
    VALUES (%(site_id)s, %(hour_at)s, %(slot)s, {", ".join(f"%({name})s" for name in _COLUMNS)})
    ON CONFLICT (hour_at, site_id, slot) DO UPDATE SET
        {", ".join(f"{name} = kept.{name} + excluded.{name}" for name in _SUMS)},
        {", ".join(f"{name} = greatest(kept.{name}, excluded.{name})" for name in _MOST)}
"""  # noqa: S608 - names of our own columns
