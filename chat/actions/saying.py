"""Saying something in a conversation: numbered and durable before anybody is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.actions.refusing import Refused
from chat.actions import handing_over
from chat.blocking.standing import require_unblocked
from chat.measures import counting
from chat.models import Conversation, Line, Visit
from chat.numbering import COUNTERS, NewLine, add_line
from helpdesk.attachments.models import StoredFile
from helpdesk.markup.characters import harmless
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

MOST_WORDS = 10_000
# A client's browser may send thirty lines at once, then one a second.
BURST = timedelta(seconds=30)
EACH = timedelta(seconds=1)
# What was written so long before it arrived is marked as sent later.
LATE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What somebody wrote. `client_id` is their own id of it: twice the same is said once.

    `written_at` is their clock's time of writing, given when it could not be sent at once.
    """

    text: str
    client_id: str
    files: Sequence[StoredFile] = ()
    written_at: datetime | None = None


class TooFast(Refused):
    """More lines than a person writes; it may be sent again after `retry_after` seconds."""

    def __init__(self, retry_after: int, sentence: str = "") -> None:
        super().__init__(sentence or "That was many messages in a short time. Wait a moment.")
        self.retry_after = retry_after


@transaction.atomic
def say_as_client(
    conversation: Conversation, saying: Saying, *, visit: Visit, at: datetime | None = None
) -> Line:
    """Add a client's line. Raises Refused: ended, nothing written, too fast."""
    require_words(saying)
    locked = Conversation.objects.locked_one(conversation.pk)
    client_id = f"client:{saying.client_id}"
    if (said := _said_before(locked, client_id)) is not None:
        return said
    moment = at or timezone.now()
    if not locked.is_open:
        # Who was blocked reads that, and not that they may start another one.
        require_unblocked(visit, at=moment)
    _require_open(locked)
    _spend(locked, at=moment)
    new = NewLine(
        kind=Line.Kind.SAID,
        text=harmless(saying.text),
        client_id=client_id,
        written_at=_late(saying, at=moment),
        files=saying.files,
    )
    line = add_line(locked, new, by=Actor(visit.person, locked.name), at=moment)
    locked.save(update_fields=[*COUNTERS, "client_quota_at"])
    return line


@transaction.atomic
def say_as_agent(
    conversation: Conversation,
    saying: Saying,
    *,
    by: Person,
    is_whisper: bool = False,
    at: datetime | None = None,
) -> Line:
    """Add a line of ours: an answer, or a whisper that no client ever learns of. Raises Refused.

    Whoever answers a chat that waits has it.
    """
    require_words(saying)
    if not by.is_staff_member or not by.is_active:
        raise Refused("Only our own people answer here.")
    locked = Conversation.objects.locked_one(conversation.pk)
    client_id = f"{by.pk}:{saying.client_id}"
    if (said := _said_before(locked, client_id)) is not None:
        return said
    if not is_whisper:
        _require_open(locked)
    moment = at or timezone.now()
    if not is_whisper and locked.state == Conversation.State.WAITING:
        handing_over.take_locked(locked, by=by, at=moment)
    new = NewLine(
        kind=Line.Kind.WHISPERED if is_whisper else Line.Kind.SAID,
        text=harmless(saying.text),
        is_ours=True,
        is_public=not is_whisper,
        client_id=client_id,
        written_at=_late(saying, at=moment),
        files=saying.files,
    )
    line = add_line(locked, new, by=Actor.of(by), at=moment)
    is_first_answer = not is_whisper and locked.first_answered_at is None
    if is_first_answer:
        locked.first_answered_at = moment
    locked.save(update_fields=[*COUNTERS, "first_answered_at"])
    if is_first_answer:
        counting.count_first_answer(locked, at=moment)
    return line


def require_words(saying: Saying) -> None:
    """Raise Refused for a line that says nothing, or too much."""
    if not saying.text.strip() and not saying.files:
        raise Refused("Write something, or add a file, before you send.")
    if len(saying.text) > MOST_WORDS:
        raise Refused(f"A message holds at most {MOST_WORDS:,} characters. Send it in parts.")
    if len(saying.files) > settings.FILES_A_MESSAGE:
        raise Refused(f"At most {settings.FILES_A_MESSAGE} files go with one message.")


def _said_before(conversation: Conversation, client_id: str) -> Line | None:
    return conversation.lines.filter(client_id=client_id).first()


def _require_open(conversation: Conversation) -> None:
    if not conversation.is_open:
        raise Refused("This chat has ended. Your text is kept: start another one to send it.")


def _spend(conversation: Conversation, *, at: datetime) -> None:
    """Count under the lock that is held anyway, so that many sockets are no way around it."""
    counted = max(conversation.client_quota_at or at, at) + EACH
    if counted - at > BURST:
        raise TooFast(retry_after=2)
    conversation.client_quota_at = counted


def _late(saying: Saying, *, at: datetime) -> datetime | None:
    """Their clock may be wrong: a time after ours, or of another week, says nothing."""
    written = saying.written_at
    if written is None or not LATE <= at - written <= timedelta(days=7):
        return None
    return written
