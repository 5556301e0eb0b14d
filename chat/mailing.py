"""What of a chat goes by mail: answers that no browser took, and the transcript at the end."""

from datetime import datetime

import structlog
from django.db import transaction

from cases.actions.refusing import Refused
from cases.correspondence import case_token, from_name, mail_values, recipients_of
from cases.lifecycle import MoveRefused
from cases.mailroom.answering import mail_message
from cases.models import Case
from cases.satisfaction import asking
from cases.thread.models import Message
from chat import filing
from chat.models import Conversation, Line
from helpdesk.journal.models import Entry
from helpdesk.mail.outbox import Automatic, Ceiling, Mailbox, Priority, queue
from helpdesk.mail.rendering import render
from helpdesk.people.models import Person

log = structlog.get_logger(__name__)

KIND = "chat_transcript"
QUESTION = "How did it go? One click tells us."
MOST_AT_ONCE = 100
MOST_LINES = 500


def mail_due(*, at: datetime) -> int:
    """Mail each answer that the client's browser did not take within a minute; return how many."""
    due = Line.objects.to_mail(at=at).order_by("mail_due_at")
    pks = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(_mail_line(pk, at=at) for pk in pks)


@transaction.atomic
def _mail_line(pk: int, *, at: datetime) -> int:
    line = Line.objects.to_mail(at=at).claimed(pk)
    if line is None:
        return 0
    message = line.message or _filed(line)
    if message is not None:
        mail_message(Case.objects.for_rows().get(pk=message.case_id), message)
    Line.objects.filter(pk=pk).update(mail_due_at=None)
    return 1


def _filed(line: Line) -> Message | None:
    try:
        with transaction.atomic():
            filing.file_lines(line.conversation_id)
    except (Refused, MoveRefused) as refusal:
        log.error("chat.not_mailed", line=line.pk, error=str(refusal))
        return None
    line.refresh_from_db(fields=["message"])
    return line.message


def mail_transcript(entry: Entry) -> None:
    """React to the end of a chat: everybody on the client's side is mailed what was said.

    To an address that nobody vouched for go our words alone, and only if we said something:
    the desk carries no stranger's words to others (`security.md` T12).
    """
    conversation = Conversation.objects.select_related("visit").get(pk=entry.data["conversation"])
    filing.file_lines(conversation.pk)
    lines = list(_public_lines(conversation))
    if not any(line.is_ours for line in lines) and not conversation.is_vouched:
        return
    case = Case.objects.for_rows().get(pk=conversation.case_id)
    for person in recipients_of(case, but=None):
        if not person.is_staff_member:
            _queue(conversation, case, lines, person)


def _public_lines(conversation: Conversation) -> list[Line]:
    said = conversation.lines.public().filter(kind=Line.Kind.SAID).order_by("-number")
    if not conversation.is_vouched:
        said = said.filter(is_ours=True)
    return list(said[:MOST_LINES])[::-1]


def _queue(conversation: Conversation, case: Case, lines: list[Line], person: Person) -> None:
    words = "\n\n".join(
        f"{line.author_label}, {line.at:%H:%M} UTC:\n{_words(line)}" for line in lines
    )
    values = mail_values(case, words=words, **_question(conversation))
    mail = render(KIND, values, language=person.language)
    queue(
        Mailbox(person.email, person.name if conversation.is_vouched else ""),
        kind=KIND,
        key=f"chat:{conversation.pk}:{person.pk}",
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        from_name=from_name(),
        thread=case_token(case),
        automatic=Automatic.GENERATED,
        ceiling=Ceiling.NONE if conversation.is_vouched else Ceiling.STRANGER,
        priority=Priority.NOTICE,
        language=person.language,
        subject_kind="case",
        subject_id=case.pk,
    )


def _question(conversation: Conversation) -> dict[str, str]:
    """Nobody is asked by mail what they answered in the pop-up."""
    is_asked = conversation.rating == Conversation.Rating.ASKED
    survey = asking.survey_of_chat(conversation.case_id) if is_asked else None
    return {"question": QUESTION, **asking.links_of(survey)} if survey else {}


def _words(line: Line) -> str:
    names = [held.file.filename for held in line.files.select_related("file")]
    return "\n".join([line.text, *(f"[file: {name}]" for name in names)]).strip()
