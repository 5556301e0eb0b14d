"""Filing: what was said in a chat becomes part of the thread of its case, in order, once.

A line is durable when it is said; the door of the case (state, promises, journal) is passed a
moment later, so that talk stays quick. The times that promises count are those of the lines.
"""

from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.utils import timezone

from cases.actions import replying
from cases.actions.refusing import Refused
from cases.lifecycle import MoveRefused
from cases.models import Channel
from cases.thread.adding import Writing
from cases.thread.models import Message
from chat.models import Conversation, Line
from chat.sayings import evidence_of
from helpdesk.people.actors import Actor

log = structlog.get_logger(__name__)

PUT_OFF = timedelta(minutes=5)
MOST_AT_ONCE = 200


def file_due(*, at: datetime) -> int:
    """File every line that waits; return how many conversations were looked at.

    Workers that run at once share the work: a conversation in hand is passed over.
    """
    due = Line.objects.to_file(at=at).order_by("filing_due_at")[:MOST_AT_ONCE]
    conversations = dict.fromkeys(due.values_list("conversation_id", flat=True))
    for conversation_id in conversations:
        try:
            file_lines(conversation_id, waits=False)
        except (Refused, MoveRefused) as refusal:
            log.error("chat.not_filed", conversation=conversation_id, error=str(refusal))
            _put_off(conversation_id, at=at)
    return len(conversations)


@transaction.atomic
def file_lines(conversation_id: int, *, waits: bool = True) -> None:
    """File the lines of one conversation; `waits` for a worker that is at it already.

    Raises Refused or MoveRefused when the case takes no more; nothing is filed then.
    """
    if not _only_one(conversation_id, waits=waits):
        return
    conversation = Conversation.objects.select_related("case", "case__client").get(
        pk=conversation_id
    )
    lines = conversation.lines.filter(filing_due_at__isnull=False).order_by("number")
    for line in lines.select_related("author"):
        message = _filed(conversation, line)
        Line.objects.filter(pk=line.pk).update(message=message, filing_due_at=None)


def _filed(conversation: Conversation, line: Line) -> Message:
    case = conversation.case
    writing = Writing(
        text=line.text,
        channel=Channel.CHAT,
        files=tuple(held.file for held in line.files.select_related("file")),
        client_key=f"chat:{line.pk}",
        evidence=evidence_of(
            is_live=line.is_ours or conversation.state != Conversation.State.MESSAGE,
            is_vouched=conversation.is_vouched,
        ),
    )
    if line.kind == Line.Kind.WHISPERED:
        return replying.add_note(case, writing, by=_author(line), at=line.at)
    by = _author(line) if line.is_ours else Actor(case.client, line.author_label)
    return replying.reply(case, writing, by=by, at=line.at)


def _author(line: Line) -> Actor:
    return Actor(line.author, line.author_label)


def _only_one(conversation_id: int, *, waits: bool) -> bool:
    lock = "pg_advisory_xact_lock" if waits else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {lock}(hashtextextended(%s, 0))",
            [f"filing chat {conversation_id}"],
        )
        return cursor.fetchone()[0] is not False


def _put_off(conversation_id: int, *, at: datetime) -> None:
    """A case that takes nothing holds up no other: it is tried again in five minutes."""
    waiting = Line.objects.filter(conversation_id=conversation_id, filing_due_at__isnull=False)
    waiting.update(filing_due_at=max(at, timezone.now()) + PUT_OFF)
