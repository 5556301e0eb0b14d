"""Ringing open screens: a ring says which conversation has news, never what.

Whoever hears it reads the lines after the last one that they have. A ring may be lost (Redis
away) without harm: sockets ask again every half minute, and pages when they come back.
"""

import asyncio
from typing import Any

import structlog
from channels.layers import get_channel_layer
from django.db import transaction
from redis.exceptions import RedisError

from chat.models import Conversation
from helpdesk.live.sending import send

log = structlog.get_logger(__name__)
INBOX = "chat.inbox"
Ring = tuple[str, dict[str, Any]]


def group_of(conversation_id: int, *, is_ours: bool) -> str:
    """Who looks on. Made here alone, never taken from a browser."""
    return f"chat.{conversation_id}.{'ours' if is_ours else 'client'}"


def group_of_agent(pk: int) -> str:
    """The open inboxes of one of ours."""
    return f"chat.agent.{pk}"


def ring_after_commit(conversation: Conversation) -> None:
    """Tell everybody who looks on, and the inbox, once the transaction stands."""
    rings = _news(conversation)
    transaction.on_commit(lambda: ring(*rings))


def ring_given(conversation: Conversation, *, to: int) -> None:
    """Tell one of ours that this chat waits for them, and the inbox, once that stands."""
    rings = rings_of_given(conversation, to=to)
    transaction.on_commit(lambda: ring(*rings))


def rings_of_given(conversation: Conversation, *, to: int) -> list[Ring]:
    """What rings where a chat is given to the agent `to`: their inboxes alone hear of that."""
    given = {"type": "chat.given", "conversation": conversation.pk}
    return [*_news(conversation), (group_of_agent(to), given)]


def ring(*rings: Ring) -> None:
    """Ring from wherever this runs: in a worker thread of a socket, a page or a task."""
    try:
        send(*rings)
    except (RedisError, OSError) as error:
        log.warning("chat.redis_away", error=str(error))


async def ring_now(*rings: Ring) -> None:
    """Ring from a socket."""
    layer = get_channel_layer()
    try:
        await asyncio.gather(*(layer.group_send(group, message) for group, message in rings))
    except (RedisError, OSError) as error:
        log.warning("chat.redis_away", error=str(error))


def _news(conversation: Conversation) -> list[Ring]:
    """The highest numbers let a screen that has them already go on sleeping."""
    pk = conversation.pk
    news = {
        "type": "chat.news",
        "conversation": pk,
        "last": conversation.last_number,
        "last_public": conversation.last_public_number,
    }
    return [
        (group_of(pk, is_ours=True), news),
        (group_of(pk, is_ours=False), news),
        (INBOX, {"type": "chat.inbox", "conversation": pk}),
    ]
