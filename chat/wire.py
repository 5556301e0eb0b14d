"""What goes over the wire: the lines of a conversation after a number, as one reader has them.

The same answer serves sockets, long polling and coming back (`chat/README.md`).
"""

from typing import Any

from chat.models import Conversation, Line

MOST_LINES = 100


def news_for_client(conversation: Conversation, *, after: int) -> dict[str, Any]:
    """The public lines after `after`, numbered without a gap, and where the talk stands."""
    lines = list(
        conversation.lines.public()
        .filter(public_number__gt=after)
        .order_by("public_number")
        .prefetch_related("files__file")[:MOST_LINES]
    )
    return {
        "conversation": conversation.key,
        "case": conversation.case.shown_number,
        "state": conversation.state,
        "agent": conversation.agent.name if conversation.agent else None,
        "last": conversation.last_public_number,
        "lines": [_line(line, number=line.public_number, own="client:") for line in lines],
        "receipt": {"read": conversation.ours_read},
        "mine": {"read": conversation.client_read},
        "rating": conversation.rating,
    }


def news_for_ours(conversation: Conversation, *, after: int, reader: int) -> dict[str, Any]:
    """Every line after `after`, whispers too; `reader` is the agent, whose ids come back."""
    lines = list(
        conversation.lines.filter(number__gt=after)
        .order_by("number")
        .prefetch_related("files__file")[:MOST_LINES]
    )
    return {
        "conversation": conversation.pk,
        "case": conversation.case.shown_number,
        "state": conversation.state,
        "agent": conversation.agent.name if conversation.agent else None,
        "agent_id": conversation.agent_id,
        "last": conversation.last_number,
        "lines": [
            _line(line, number=line.number, own=f"{reader}:")
            | {"is_public": line.public_number is not None, "public_number": line.public_number}
            for line in lines
        ],
        "receipt": {
            "delivered": conversation.client_delivered,
            "read": conversation.client_read,
        },
        "rating": conversation.rating,
    }


def _line(line: Line, *, number: int | None, own: str) -> dict[str, Any]:
    """`id` is the sender's own id, told to the sender's side alone."""
    return {
        "number": number,
        "kind": line.kind,
        "is_ours": line.is_ours,
        "author": line.author_label,
        "text": line.text,
        "at": line.at.isoformat(),
        "written_at": line.written_at.isoformat() if line.written_at else None,
        "id": line.client_id.removeprefix(own) if line.client_id.startswith(own) else None,
        "files": [
            {
                "id": held.file.public_id,
                "name": held.file.filename,
                "size": held.file.size,
                "is_picture": held.file.is_raster,
            }
            for held in line.files.all()
        ],
    }
