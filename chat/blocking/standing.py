"""Whether somebody may write, and what they read when they may not."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from cases.actions.refusing import Refused
from chat.blocking.models import Block
from chat.models import Visit
from helpdesk.design.words import when_words


class Blocked(Refused):
    """One of ours keeps them from writing in the chat."""


def require_unblocked(visit: Visit, *, at: datetime) -> None:
    """Raise Blocked with a sentence for the visitor: how long, and what they can do instead."""
    block = standing_block(visit, at=at)
    if block is not None:
        raise Blocked(sentence_of(block, at=at))


def standing_block(visit: Visit, *, at: datetime) -> Block | None:
    """The block that holds longest of those that reach this visit."""
    standing = Block.objects.standing(at=at).of_visit(visit).select_related("by")
    return max(standing, key=_end, default=None)


def sentence_of(block: Block, *, at: datetime) -> str:
    """What the visitor reads. The reason is for us alone."""
    instead = "Write to us by e-mail instead."
    if block.until is None:
        return f"You cannot write in this chat any more. {instead}"
    zone = str(settings.DESK_TIME_ZONE)
    when = when_words(block.until, now=at, zone=ZoneInfo(zone))
    place = zone.rsplit("/", 1)[-1].replace("_", " ")
    return f"You cannot write in this chat until {when} ({place}). {instead}"


def _end(block: Block) -> float:
    return block.until.timestamp() if block.until else float("inf")
