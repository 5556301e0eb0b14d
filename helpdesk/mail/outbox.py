"""The one way out: a mail is a row, frozen in the transaction that decided it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import structlog
from django.db import transaction
from django.db.models.functions import Now

from helpdesk.mail.addresses import address_key, plain_address
from helpdesk.mail.clean_text import clean_body, clean_line
from helpdesk.mail.clock import database_now
from helpdesk.mail.models import OutboundIntent, OutboundMail
from helpdesk.mail.signing import own_message_id, reply_address
from helpdesk.mail.states import RESENDABLE, OutboundState
from helpdesk.mail.tasks import deliver_outbound
from helpdesk.mail.waking import wake
from helpdesk.people.actors import Actor

log = structlog.get_logger(__name__)

Priority = OutboundMail.Priority
Automatic = OutboundMail.Automatic
Ceiling = OutboundMail.Ceiling

NO_THREAD = "m"
MOST_REFERENCES = 20


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address and the name before it."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An invitation (RFC 5545) that goes along: `method` is its METHOD, `text` the iCalendar."""

    method: str
    text: str


def queue(
    to: Mailbox,
    *,
    kind: str,
    key: str,
    subject: str,
    text: str,
    html: str = "",
    cc: Iterable[Mailbox] = (),
    from_name: str = "",
    thread: str = "",
    in_reply_to: str = "",
    references: Sequence[str] = (),
    automatic: OutboundMail.Automatic = Automatic.NO,
    ceiling: OutboundMail.Ceiling = Ceiling.NONE,
    priority: OutboundMail.Priority = Priority.INTERACTIVE,
    attachments: Iterable[int] = (),
    unsubscribe_url: str = "",
    language: str = "en",
    subject_kind: str = "",
    subject_id: int | None = None,
    is_private: bool = False,
    calendar: CalendarPart | None = None,
) -> OutboundMail:
    """Put a mail into the outbox as part of the caller's transaction; it leaves after the commit.

    `kind` and `key` name the mail for ever: queueing it again returns the first row unchanged.
    `thread`, such as `c123`, makes replies come back signed for that subject (see `signing`).
    `in_reply_to` and `references` are Message-IDs, with or without angle brackets.
    `attachments` are ids for the function in `settings.MAIL_FILES`. `unsubscribe_url` is what mail
    programs post to when their reader wants no more of the kind (RFC 8058). `is_private` wipes the
    words once they are accepted. Raises BadAddress for a recipient that mail cannot be sent to.
    """
    address = plain_address(to.address)
    row = OutboundMail(
        kind=kind,
        key=key,
        message_id=own_message_id(thread or NO_THREAD, key=f"{kind}:{key}"),
        priority=priority,
        automatic=automatic,
        ceiling=ceiling,
        from_name=clean_line(from_name, limit=200),
        to_address=address,
        to_name=clean_line(to.name, limit=200),
        to_key=address_key(address),
        cc=[{"address": plain_address(one.address), "name": one.name} for one in cc],
        subject=clean_line(subject, limit=900),
        text=clean_body(text),
        html=clean_body(html),
        headers=_headers(thread, in_reply_to, references) | _ways_out(unsubscribe_url),
        attachments=list(attachments),
        language=clean_line(language, limit=10),
        subject_kind=subject_kind,
        subject_id=subject_id,
        is_private=is_private,
        **_calendar_columns(calendar),
    )
    _store(row)
    wake(deliver_outbound)
    return OutboundMail.objects.get(kind=kind, key=key)


def queue_account_mail(
    *, to: str, subject: str, text: str, html: str, kind: str, key: str
) -> OutboundMail:
    """Queue a mail about an account: its words hold a link that is as good as a password."""
    return queue(
        Mailbox(to),
        kind=kind,
        key=key,
        subject=subject,
        text=text,
        html=html,
        automatic=Automatic.GENERATED,
        is_private=True,
    )


@transaction.atomic
def resend(mail: OutboundMail, *, by: Actor) -> bool:
    """Send a mail that did not arrive once more, with the same Message-ID; return whether it may.

    Somebody decided it, so the ceiling on automatic answers no longer holds for it; who it was is
    kept on the row.
    """
    row = (
        OutboundMail.objects.select_for_update()
        .filter(pk=mail.pk, state__in=sorted(RESENDABLE), is_private=False)
        .first()
    )
    if row is None:
        return False
    was = {"state": row.state, "reason": row.last_error, "attempts": row.attempts}
    done = {"at": database_now().isoformat(), "by": by.label, "what": "sent again", "was": was}
    OutboundMail.objects.filter(pk=row.pk).update(
        state=OutboundState.PENDING,
        attempts=0,
        ceiling=Ceiling.NONE,
        next_attempt_at=Now(),
        last_error="",
        history=[*row.history, done],
    )
    log.info("mail.sent_again", mail=row.pk, by=by.label)
    wake(deliver_outbound)
    return True


def cancel(mail: OutboundMail) -> bool:
    """Take a mail that waits out of the queue; return whether it was still there."""
    return bool(
        OutboundMail.objects.filter(pk=mail.pk, state=OutboundState.PENDING).update(
            state=OutboundState.CANCELLED
        )
    )


def _ways_out(unsubscribe_url: str) -> dict[str, str]:
    if not unsubscribe_url:
        return {}
    return {
        "List-Unsubscribe": f"<{unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _calendar_columns(part: CalendarPart | None) -> dict[str, str]:
    return {"calendar": part.text, "calendar_method": part.method} if part else {}


@transaction.atomic
def _store(row: OutboundMail) -> None:
    """Keep a mail and, apart from it, that it was intended; neither twice."""
    intent = OutboundIntent(message_id=row.message_id)
    OutboundMail.objects.bulk_create([row], ignore_conflicts=True)
    OutboundIntent.objects.bulk_create([intent], ignore_conflicts=True)


def _headers(thread: str, in_reply_to: str, references: Sequence[str]) -> dict[str, str]:
    headers = {"Reply-To": reply_address(thread)} if thread else {}
    parent = _message_ids([in_reply_to])
    # The first id and the latest ones are what mail programs thread by.
    known = _message_ids(references)
    known = known[:1] + known[1:][-(MOST_REFERENCES - 1) :]
    if parent:
        headers["In-Reply-To"] = parent[0]
        known = [one for one in known if one != parent[0]] + parent
    if known:
        headers["References"] = " ".join(known)
    return headers


def _message_ids(ids: Iterable[str]) -> list[str]:
    """Ids in angle brackets; one that could break its header is left out."""
    bare = [one.strip().strip("<>") for one in ids]
    good = [one for one in bare if one and len(one) <= 250 and one.isascii() and one.isprintable()]
    return [f"<{one}>" for one in good if not set(one) & set("<> ,")]
