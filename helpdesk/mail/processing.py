"""From a stored mail to its fate: claim it, read it apart, let the room sort it, mark it done.

The attempt is recorded before the mail is read, so a mail that takes its worker down is counted
too and ends in quarantine. What the sorter does and the mark that it is done are one transaction:
both happen, or neither.
"""

import time
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from helpdesk.mail.authentication import AuthVerdict, verdict_in
from helpdesk.mail.clean_text import clean_body, clean_line
from helpdesk.mail.clock import database_now
from helpdesk.mail.locks import lock_until_commit
from helpdesk.mail.models import ADDRESS_LENGTH, InboundMail, InboundRaw
from helpdesk.mail.querysets import InboundQuerySet
from helpdesk.mail.reading import ReadMail
from helpdesk.mail.reading_apart import read_apart
from helpdesk.mail.sameness import content_digest, message_key
from helpdesk.mail.sorted import NotYet, Sorted
from helpdesk.mail.states import InboundState

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 3
MOST_PARENTS = 50
FIRST_PAUSE = timedelta(seconds=15)
# So long is trouble of the database or of the store of files no fault of the mail. After that it
# may be the mail's own, and counts.
EXCUSED = timedelta(days=1)
LONGEST_EXCUSED_PAUSE = timedelta(minutes=5)
# What the database and the disk raise, whatever the mail.
ELSEWHERE = (OperationalError, InterfaceError, OSError, NotYet)

Sorter = Callable[[InboundMail, ReadMail], Sorted]


def process(mail_id: int) -> bool:
    """Process one mail if it is pending and due; return whether it now has its fate."""
    mail = _claim(InboundMail.objects.filter(pk=mail_id))
    return mail is not None and _carry_out(mail)


def process_due(*, seconds: float) -> int:
    """Process due mails, the longest waiting first, for at most `seconds`; return how many."""
    until = time.monotonic() + seconds
    count = 0
    while time.monotonic() < until and (mail := _claim(InboundMail.objects.all())):
        count += 1
        _carry_out(mail)
    return count


@transaction.atomic
def _claim(mails: InboundQuerySet) -> InboundMail | None:
    """Take the next due mail, so that nobody else does, and count the attempt."""
    while mail := mails.due().select_for_update(skip_locked=True).first():
        if mail.attempts < MOST_ATTEMPTS:
            mail.attempts += 1
            _wait(mail, FIRST_PAUSE * 4 ** (mail.attempts - 1), attempts=mail.attempts)
            return mail
        _quarantine(mail, "the worker was stopped each time, without an answer")
    return None


def _carry_out(mail: InboundMail) -> bool:
    try:
        return _sort(mail.pk)
    except ELSEWHERE as error:
        close_old_connections()
        log.warning("mail.must_wait", mail=mail.pk, error=str(error))
        _excuse(mail, error)
    except Exception as error:
        log.exception("mail.processing_failed", mail=mail.pk, attempt=mail.attempts)
        _put_off(mail, error)
    return False


def _sort(mail_id: int) -> bool:
    raw = bytes(InboundRaw.objects.get(pk=mail_id).content)
    read = read_apart(raw)
    with transaction.atomic():
        mail = (
            InboundMail.objects.select_for_update()
            .filter(pk=mail_id, state=InboundState.PENDING)
            .first()
        )
        if mail is None:
            return False
        _note(mail, raw, read)
        # Neither two deliveries of one mail nor two mails of one thread are sorted side by side.
        for name in sorted({mail.message_key, *mail.parents[:1]}):
            lock_until_commit(f"helpdesk.mail.message:{name}")
        outcome = _as_copy(mail) or _sorter()(mail, read)
        _finish(mail, outcome)
    log.info("mail.sorted", mail=mail_id, state=outcome.state, reason=outcome.reason)
    return True


def _note(mail: InboundMail, raw: bytes, read: ReadMail) -> None:
    """Write on the row what the ledger shows and what tells two deliveries of one mail."""
    mail.from_address = clean_line(read.from_email or "", limit=ADDRESS_LENGTH)
    mail.from_name = clean_line(read.from_name or "", limit=300)
    mail.mail_subject = clean_line(read.subject or "", limit=1000)
    mail.message_key = clean_line(message_key(read.message_id, sha256=mail.sha256), limit=300)
    parents = (clean_line(one, limit=300) for one in (*read.references, *read.in_reply_to_ids))
    mail.parents = [one for one in dict.fromkeys(parents) if one][:MOST_PARENTS]
    mail.content_digest = content_digest(raw, author=mail.from_address)
    if not AuthVerdict.stored(mail.auth).is_known:
        verdict = verdict_in(raw, trusted=settings.MAIL_TRUSTED_AUTHSERV_IDS)
        mail.auth = {name: getattr(verdict, name) for name in AuthVerdict.__dataclass_fields__}


def _as_copy(mail: InboundMail) -> Sorted | None:
    """The fate of a mail that the ledger has already under other bytes or another way in."""
    original = (
        InboundMail.objects.filter(
            message_key=mail.message_key, content_digest=mail.content_digest, copy_of=None
        )
        .exclude(pk=mail.pk)
        .first()
    )
    if original is None or mail.copies.exists():
        return None
    if original.state == InboundState.PENDING:
        raise NotYet(f"Mail {original.pk}, of which this is a copy, has no fate yet.")
    mail.copy_of = original
    return Sorted(
        InboundState(original.state),
        f"The same mail came before, as mail {original.pk}.",
        {"copy_of": original.pk},
        original.subject_kind,
        original.subject_id,
    )


def _finish(mail: InboundMail, outcome: Sorted) -> None:
    fate = {
        "state": outcome.state,
        "subject_kind": outcome.subject_kind,
        "subject_id": outcome.subject_id,
    }
    noted = {name: getattr(mail, name) for name in _NOTED}
    InboundMail.objects.filter(pk=mail.pk).update(
        reason=clean_body(outcome.reason),
        evidence=dict(outcome.evidence),
        last_error="",
        finished_at=Now(),
        **noted,
        **fate,
    )
    if mail.history:
        # Somebody released it: the copies share its new fate.
        mail.copies.update(**fate)


_NOTED = (
    "from_address",
    "from_name",
    "mail_subject",
    "message_key",
    "parents",
    "content_digest",
    "copy_of",
    "auth",
)


def _excuse(mail: InboundMail, error: Exception) -> None:
    """Try again without counting the attempt, unless that has gone on for too long."""
    age = database_now() - mail.received_at
    if age < EXCUSED:
        pause = min(max(age / 8, FIRST_PAUSE), LONGEST_EXCUSED_PAUSE)
        _wait(mail, pause, attempts=mail.attempts - 1)
    else:
        _put_off(mail, error)


def _put_off(mail: InboundMail, error: Exception) -> None:
    mail.last_error = clean_body(str(error) or type(error).__name__)[:2000]
    if mail.attempts < MOST_ATTEMPTS:
        InboundMail.objects.filter(pk=mail.pk, state=InboundState.PENDING).update(
            last_error=mail.last_error
        )
    else:
        _quarantine(mail, mail.last_error)


def _quarantine(mail: InboundMail, why: str) -> None:
    InboundMail.objects.filter(pk=mail.pk, state=InboundState.PENDING).update(
        state=InboundState.QUARANTINED,
        reason=f"It could not be processed in {MOST_ATTEMPTS} attempts: {why}",
        last_error=mail.last_error,
        finished_at=Now(),
    )
    log.error("mail.quarantined", mail=mail.pk, why=why)


def _wait(mail: InboundMail, pause: timedelta, *, attempts: int) -> None:
    InboundMail.objects.filter(pk=mail.pk, state=InboundState.PENDING).update(
        attempts=attempts, next_attempt_at=Now() + pause
    )


def _sorter() -> Sorter:
    sorter: Sorter = import_string(settings.MAIL_SORTER)
    return sorter
