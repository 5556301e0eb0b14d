"""What goes over the wire: the lines of a conversation after a number, as one reader has them.

The same answer serves sockets, long polling and coming back (`chat/README.md`).
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects

from chat.models import Conversation, Line, LineFile

MOST_LINES = 100


def news_for_client(conversation: Conversation, *, after: int) -> dict[str, Any]:
    """The public lines after `after`, numbered without a gap, and where the talk stands."""
    public = conversation.lines.public().filter(public_number__gt=after)
    lines = _read(public.order_by("public_number"))
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
    lines = _read(conversation.lines.filter(number__gt=after).order_by("number"))
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


def _read(lines: QuerySet[Line]) -> list[Line]:
    """The first of these lines; their files only where there are any: few lines have some."""
    files = LineFile.objects.filter(line=OuterRef("pk"))
    found: list[Line] = list(lines.annotate(has_files=Exists(files))[:MOST_LINES])
    prefetch_related_objects([line for line in found if _has_files(line)], "files__file")
    return found


def _has_files(line: Line) -> bool:
    return bool(vars(line)["has_files"])


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
            for held in (line.files.all() if _has_files(line) else ())
        ],
    }
