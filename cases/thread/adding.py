"""Adding a message to a locked case; the totals on the case's row follow."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cases.models import Case
from cases.thread.models import Message, MessageFile, Visibility
from helpdesk.people.actors import Actor

if TYPE_CHECKING:
    from helpdesk.attachments.models import StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What somebody wrote, from whichever channel it came.

    `client_key` is the sender's own id of the message: the same key twice is one message.
    """

    text: str
    channel: str
    html: str = ""
    quoted_text: str = ""
    files: "tuple[StoredFile, ...]" = ()
    inbound_mail_id: int | None = None
    evidence: dict[str, Any] = field(default_factory=dict)
    is_automatic: bool = False
    client_key: str = ""


def add_message(
    case: Case, writing: Writing, *, by: Actor, visibility: Visibility, is_ours: bool, at: datetime
) -> Message:
    """Store `writing` and set the thread's totals on `case`, which the caller locks and saves.

    Internal notes leave the totals alone: lists are shown to clients too.
    """
    message = Message.objects.create(
        case=case,
        visibility=visibility,
        is_ours=is_ours,
        is_automatic=writing.is_automatic,
        author=by.person,
        author_label=by.label[:200],
        channel=writing.channel,
        text=writing.text,
        quoted_text=writing.quoted_text,
        html=writing.html,
        at=at,
        inbound_mail_id=writing.inbound_mail_id,
        evidence=writing.evidence,
        client_key=writing.client_key,
    )
    MessageFile.objects.bulk_create(
        [MessageFile(message=message, file=stored) for stored in writing.files]
    )
    if visibility == Visibility.PUBLIC:
        case.message_count += 1
        case.last_message_at = max(at, case.last_message_at)
        case.last_message_by = message.author_label
        case.last_message_is_ours = is_ours
    return message
