"""Starting a conversation: its first message makes it, and makes its case, in one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import kinds as case_kinds
from cases.actions.opening import Question, open_case
from cases.actions.refusing import Refused
from cases.mailroom.senders import contact_with
from cases.models import Case, Channel
from cases.thread.adding import Writing
from chat import kinds
from chat.actions.saying import Saying, require_words
from chat.blocking.standing import require_unblocked
from chat.measures import counting
from chat.models import Conversation, Line, Visit
from chat.numbering import COUNTERS, NewLine, add_line
from chat.sayings import evidence_of
from helpdesk.attachments.models import StoredFile
from helpdesk.journal import writing as journal
from helpdesk.markup.characters import in_one_line
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

_SUBJECT = 80
NO_WORDS = "Files sent in the chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The first message and what goes with it.

    `is_live` says that somebody is there to answer; otherwise it is a message left for us.
    `follows` is a case of the same client to which they linked it. `subject` is empty where the
    site does not ask for it: then the first line of the message is.
    """

    saying: Saying
    is_live: bool
    answers: Mapping[str, str] = field(default_factory=dict)
    follows: Case | None = None
    subject: str = ""


@transaction.atomic
def start(visit: Visit, beginning: Beginning, *, at: datetime | None = None) -> Conversation:
    """Make the conversation, its first line and its case, whose number is given at once.

    The same client id again returns the conversation that it made. Raises Refused.
    """
    require_words(beginning.saying)
    Visit.objects.select_for_update().get(pk=visit.pk)
    again = visit.conversations.filter(start_key=beginning.saying.client_id).first()
    if again is not None:
        return again
    moment = at or timezone.now()
    require_unblocked(visit, at=moment)
    client = client_of(visit)
    by = Actor(client, visit.name)
    case = _open(visit, beginning, client=client, by=by, at=moment)
    state = Conversation.State.WAITING if beginning.is_live else Conversation.State.MESSAGE
    conversation = Conversation.objects.create(
        site_id=visit.site_id,
        visit=visit,
        person_id=visit.person_id,
        case=case,
        start_key=beginning.saying.client_id,
        name=visit.name,
        answers=dict(beginning.answers),
        state=state,
        is_measured=beginning.is_live,
        created_at=moment,
        updated_at=moment,
    )
    _keep_answers(conversation, by=by, at=moment)
    _add_first(conversation, beginning.saying, by=by, at=moment)
    conversation.save(update_fields=COUNTERS)
    counting.count_beginning(conversation)
    return conversation


def client_of(visit: Visit) -> Person:
    """Whose case it is: the vouched client, else the contact with the claimed address.

    As with mail, a claim makes the case theirs and gives the claimer no sight of it beyond this
    conversation. Nobody writes as one of ours. Raises Refused.
    """
    client = visit.person or contact_with(visit.email, name=visit.name)
    if client.is_staff_member or not client.is_active:
        raise Refused("We cannot answer to this address. Give another one that you read.")
    return client


def _open(visit: Visit, beginning: Beginning, *, client: Person, by: Actor, at: datetime) -> Case:
    saying = beginning.saying
    writing = Writing(
        text=saying.text,
        channel=Channel.CHAT,
        files=tuple(saying.files),
        evidence=evidence_of(is_live=beginning.is_live, is_vouched=visit.is_vouched),
    )
    subject = in_one_line(beginning.subject) or _subject(saying.text, saying.files)
    question = Question(subject=subject, follows=beginning.follows)
    return open_case(question, writing, client=client, by=by, at=at)


def _subject(text: str, files: Sequence[StoredFile]) -> str:
    """The first line, cut at a word."""
    lines = [line for line in text.splitlines() if line.strip()]
    first = in_one_line(lines[0]) if lines else ""
    if len(first) <= _SUBJECT:
        return first or (NO_WORDS if files else first)
    return first[:_SUBJECT].rsplit(" ", 1)[0] + "…"


def _keep_answers(conversation: Conversation, *, by: Actor, at: datetime) -> None:
    """What was answered before the chat stays with the case, for ours to read."""
    if not conversation.answers:
        return
    answers = "; ".join(f"{label} {text}" for label, text in conversation.answers.items())
    journal.write(
        kinds.FORM_ANSWERED,
        subject_kind=case_kinds.SUBJECT,
        subject_id=conversation.case_id,
        organisation_id=conversation.case.organisation_id,
        by=by,
        at=at,
        data={"conversation": conversation.pk, "answers": answers},
    )


def _add_first(conversation: Conversation, saying: Saying, *, by: Actor, at: datetime) -> Line:
    message = conversation.case.messages.get()
    new = NewLine(
        kind=Line.Kind.SAID,
        text=saying.text,
        client_id=f"client:{saying.client_id}",
        written_at=saying.written_at,
        files=saying.files,
        message_id=message.pk,
    )
    return add_line(conversation, new, by=by, at=at)
