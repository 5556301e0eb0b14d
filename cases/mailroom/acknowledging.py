"""The automatic mail with the number of a new case: one for each, to its client alone."""

from datetime import datetime

from cases.correspondence import (
    VOUCHED,
    case_token,
    from_name,
    is_live,
    is_reachable,
    mail_values,
)
from cases.entitlements.holdings import holdings_of, why_not_this_way
from cases.mailroom.senders import is_vouched_for
from cases.models import Case, Channel
from cases.sla.office_hours import closed_notice
from cases.sla.standing import promise_sentence
from cases.thread.models import Message
from helpdesk.journal.models import Entry
from helpdesk.mail.authentication import AuthVerdict
from helpdesk.mail.outbox import Automatic, Ceiling, Mailbox, Priority, queue
from helpdesk.mail.rendering import render

KIND = "case_received"
KIND_FOR_STRANGERS = "case_received_stranger"


def acknowledge(entry: Entry) -> None:
    """React to a case being opened: give its client the number, in the thread of their mail.

    To somebody whom nothing vouches for, the mail holds nothing that they wrote, so that the
    desk cannot be used to send words to others (`security.md` T12).
    """
    if entry.data.get("is_ours") or entry.data.get("is_automatic"):
        return
    message = Message.objects.get(pk=entry.data["message"])
    if is_live(message):
        # The chat shows the number, and mails the transcript.
        return
    case = Case.objects.for_rows().get(pk=entry.subject_id)
    if not is_reachable(case.client):
        return
    is_trusted = _is_trusted(case, message)
    mail = render(
        KIND if is_trusted else KIND_FOR_STRANGERS,
        mail_values(
            case,
            promise=promise_sentence(case),
            closed=closed_notice(case, reader=case.client, now=entry.at),
            package=_outside_package(case, now=entry.at) if is_trusted else "",
        ),
        language=case.client.language,
    )
    queue(
        Mailbox(case.client.email, case.client.name if is_trusted else ""),
        kind=KIND,
        key=f"case:{case.pk}",
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        from_name=from_name(),
        thread=case_token(case),
        in_reply_to=str(message.evidence.get("message_id", "")),
        automatic=Automatic.REPLIED,
        ceiling=Ceiling.ANSWER if is_trusted else Ceiling.STRANGER,
        priority=Priority.INTERACTIVE,
        language=case.client.language,
        subject_kind="message",
        subject_id=message.pk,
    )


def _outside_package(case: Case, *, now: datetime) -> str:
    """What to do instead, if it came by a way that the package does not hold; never if critical."""
    if case.is_critical or case.organisation is None:
        return ""
    return why_not_this_way(holdings_of(case.organisation, now=now), case.channel)


def _is_trusted(case: Case, message: Message) -> bool:
    """Signed in, vouched for, entered by ours, or a known contact whose domain confirms it."""
    if message.channel == Channel.CHAT:
        return bool(message.evidence.get(VOUCHED))
    if message.channel != Channel.EMAIL:
        return True
    is_known = case.client.organisation_id is not None or case.client.has_usable_password()
    auth = AuthVerdict.stored(message.evidence.get("auth", {}))
    return is_known and is_vouched_for(case.client.email, auth)
