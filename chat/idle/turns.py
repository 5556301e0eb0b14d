"""Whose turn it is in a talk, and until when: pure, kept in the row that each line saves anyway.

After an answer of ours it is the client's: nudged, then ended. Who waits for us is looked after
in short steps, as they may have left.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chat.models import Conversation

ROW = ["quiet_due_at", "nudged_at", "away_since"]
LOOKED_AFTER = timedelta(seconds=30)
# Who types is there: they are given at least so long after the last letter.
TYPING = timedelta(minutes=1)
_TALKED = frozenset({"said", "thread", "accepted"})


def follow(conversation: "Conversation", kind: str, *, is_ours: bool, at: datetime) -> None:
    """Set the clock of a locked conversation after a line of `kind`; the caller saves `ROW`."""
    if conversation.state in {"ended", "message"}:
        _set(conversation, None)
    elif conversation.state == "waiting":
        if conversation.quiet_due_at is None:
            wait(conversation, at=at)
    elif kind == "said" and is_ours:
        _set(conversation, _after(conversation.site.nudge_after_minutes, at=at))
    elif kind == "nudged":
        _set(conversation, _after(conversation.site.close_after_minutes, at=at), nudged_at=at)
    elif kind in _TALKED:
        _set(conversation, None)


def wait(conversation: "Conversation", *, at: datetime) -> None:
    """Begin to look after a client who waits for us."""
    _set(conversation, at + LOOKED_AFTER)


def _after(minutes: int, *, at: datetime) -> datetime | None:
    return at + timedelta(minutes=minutes) if minutes else None


def _set(
    conversation: "Conversation", due_at: datetime | None, *, nudged_at: datetime | None = None
) -> None:
    conversation.quiet_due_at = due_at
    conversation.nudged_at = nudged_at
    conversation.away_since = None
