"""Adding a message to a locked case; the totals on the case's row follow."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, Func, JSONField, Max, Min, Value

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
    _count(message, case)
    return message


def take_over(message: Message, *, to: Case, visibility: Visibility) -> None:
    """Put a message of another case on `to`, which the caller locks and saves.

    `recount` brings the totals of the case that it leaves to what is left there.
    """
    message.case, message.visibility = to, visibility
    message.save(update_fields=["case", "visibility"])
    _count(message, to)


def take_over_all(source: Case, *, to: Case) -> int:
    """Put the whole thread of `source` on `to`; return how many messages and notes that were.

    The caller locks and saves both, whose totals are brought to what is there now. Each message
    notes the number under which it was first written.
    """
    keys = to.messages.exclude(client_key="").values("client_key")
    source.messages.filter(client_key__in=keys).update(client_key="")
    moved: int = source.messages.update(case=to, evidence=_noting(came_from=source.shown_number))
    recount(source)
    recount(to)
    return moved


def recount(case: Case) -> None:
    """Set the totals on `case`, which the caller locks and saves, from the messages it has."""
    public = case.messages.public()
    case.message_count = public.count()
    last = public.in_order().last()
    if last is not None:
        case.last_message_at, case.last_message_by = last.at, last.author_label
        case.last_message_is_ours = last.is_ours
    if case.unanswered_since is not None:
        written = public.filter(is_automatic=False)
        answered_at = written.filter(is_ours=True).aggregate(at=Max("at"))["at"]
        waiting = written.filter(is_ours=False)
        if answered_at is not None:
            waiting = waiting.filter(at__gt=answered_at)
        case.unanswered_since = waiting.aggregate(at=Min("at"))["at"]


def _noting(**facts: str) -> Func:
    """The evidence of a message with `facts` beside it; what is noted already stays."""
    return Func(
        Value(facts, output_field=JSONField()),
        F("evidence"),
        template="%(expressions)s",
        arg_joiner=" || ",
        output_field=JSONField(),
    )


def _count(message: Message, case: Case) -> None:
    if not message.is_public:
        return
    case.message_count += 1
    if message.at >= case.last_message_at or case.message_count == 1:
        case.last_message_by, case.last_message_is_ours = message.author_label, message.is_ours
    case.last_message_at = max(message.at, case.last_message_at)
