"""Adding a line to a locked conversation: its numbers, and what the row keeps of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from chat import doorbell
from chat.idle import turns
from chat.models import Conversation, Line, LineFile
from helpdesk.attachments.models import StoredFile
from helpdesk.people.actors import Actor

# A message of ours that no browser of the client has taken by then goes to them by mail.
MAILED_AFTER = timedelta(seconds=60)
COUNTERS = [
    "last_number",
    "last_public_number",
    "last_words",
    "last_is_ours",
    "updated_at",
    *turns.ROW,
]
WORDS = frozenset({Line.Kind.SAID, Line.Kind.WHISPERED, Line.Kind.THREAD})
_PREVIEW = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """What a line is made of. `client_id` names its sender, so that none can use another's."""

    kind: Line.Kind
    text: str = ""
    is_ours: bool = False
    is_public: bool = True
    client_id: str = ""
    written_at: datetime | None = None
    files: Sequence[StoredFile] = ()
    message_id: int | None = None


def add_line(conversation: Conversation, new: NewLine, *, by: Actor, at: datetime) -> Line:
    """Number and store a line; the caller has locked the conversation and saves `COUNTERS`.

    Everybody who looks on is rung once the caller has committed.
    """
    conversation.last_number += 1
    if new.is_public:
        conversation.last_public_number += 1
    if new.is_public and new.kind in WORDS and (new.text or new.files):
        conversation.last_words = " ".join((new.text or new.files[0].filename).split())[:_PREVIEW]
        conversation.last_is_ours = new.is_ours
    conversation.updated_at = max(at, conversation.updated_at)
    turns.follow(conversation, new.kind, is_ours=new.is_ours, at=at)
    is_said = new.kind in {Line.Kind.SAID, Line.Kind.WHISPERED}
    is_mailed = new.kind == Line.Kind.SAID and new.is_ours
    line = Line.objects.create(
        conversation=conversation,
        number=conversation.last_number,
        public_number=conversation.last_public_number if new.is_public else None,
        kind=new.kind,
        is_ours=new.is_ours,
        author=by.person,
        author_label=by.label[:200],
        text=new.text,
        client_id=new.client_id,
        written_at=new.written_at,
        at=at,
        message_id=new.message_id,
        filing_due_at=timezone.now() if is_said and new.message_id is None else None,
        mail_due_at=at + MAILED_AFTER if is_mailed else None,
    )
    if new.files:
        LineFile.objects.bulk_create([LineFile(line=line, file=file) for file in new.files])
    doorbell.ring_after_commit(conversation)
    return line
