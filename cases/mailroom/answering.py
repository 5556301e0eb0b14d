"""A public message leaves by mail to everybody on the client's side who did not write it."""

from cases.correspondence import (
    case_token,
    from_name,
    is_live,
    mail_values,
    recipients_of,
)
from cases.models import Case
from cases.thread.models import Message
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.mail.outbox import Automatic, Mailbox, Priority, queue
from helpdesk.mail.rendering import render
from helpdesk.people.models import Person

KIND = "case_message"


def send_message(entry: Entry) -> None:
    """React to a public message: one frozen mail a recipient, signed so that replies come back.

    Built from this one message alone: whoever is let in later is sent no history, and nothing
    internal can be quoted.
    """
    message = Message.objects.public().get(pk=entry.data["message"])
    if message.is_automatic or is_live(message):
        return
    mail_message(Case.objects.for_rows().get(pk=entry.subject_id), message)


def mail_message(case: Case, message: Message) -> None:
    """Mail one public message, once, to everybody on the client's side who did not write it."""
    for person in recipients_of(case, but=message.author):
        _queue(case, message, person)


def _queue(case: Case, message: Message, person: Person) -> None:
    mail = render(
        KIND,
        mail_values(case, author=message.author_label, words=message.text),
        language=person.language,
    )
    queue(
        Mailbox(person.email, person.name),
        kind=KIND,
        key=f"message:{message.pk}:{person.pk}",
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        from_name=f"{message.author_label} ({from_name()})",
        thread=case_token(case),
        in_reply_to=_answered(message),
        references=_earlier(case),
        automatic=Automatic.NO if message.is_ours else Automatic.GENERATED,
        priority=Priority.INTERACTIVE,
        attachments=list(message.files.values_list("file_id", flat=True)),
        language=person.language,
        subject_kind="message",
        subject_id=message.pk,
    )


def _answered(message: Message) -> str:
    """The Message-ID of the newest mail before this message, so that mail programs thread it."""
    before = (
        Message.objects.public()
        .filter(case_id=message.case_id, at__lte=message.at, inbound_mail_id__isnull=False)
        .exclude(pk=message.pk)
        .order_by("-at", "-pk")
        .first()
    )
    return str(before.evidence.get("message_id", "")) if before else ""


def _earlier(case: Case) -> list[str]:
    """The mail with the number began the thread."""
    first = OutboundMail.objects.filter(kind="case_received", key=f"case:{case.pk}")
    return list(first.values_list("message_id", flat=True))
