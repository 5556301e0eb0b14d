"""From the outbox to the mail server: claim with a lease, send outside any transaction, mark.

A worker that dies between the server's 250 and the mark leaves a row whose lease runs out and
whose lock is free: the mail goes once more, byte for byte, under the same Message-ID.
"""

import random
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models.functions import Now

from helpdesk.mail import ceilings, fates, locks, relay, suppression
from helpdesk.mail.clock import database_now
from helpdesk.mail.failures import Failure, Fault, failure_of
from helpdesk.mail.models import OutboundMail
from helpdesk.mail.querysets import OutboundQuerySet
from helpdesk.mail.sending import Outlet, Sent
from helpdesk.mail.states import OutboundState

log = structlog.get_logger(__name__)

# A worker that lives holds a lock too, so a slow exchange may take longer than its lease.
LEASE = timedelta(seconds=30)
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
MARKING_ATTEMPTS = 5


def deliver_due(*, seconds: float) -> int:
    """Send due mails in order for at most `seconds`, over one connection; return how many tried.

    Stops early when the server is out of reach: the pause then says when to try again.
    """
    until = time.monotonic() + seconds
    count = 0
    with Outlet() as outlet:
        while time.monotonic() < until and not relay.is_paused():
            mail = claim_next()
            if mail is None:
                break
            count += 1
            if not deliver(mail, outlet=outlet):
                break
    return count


@transaction.atomic
def claim_next() -> OutboundMail | None:
    """Take the next mail that may leave. Those that may not are held back with their reason."""
    while mail := OutboundMail.objects.due().select_for_update(skip_locked=True).first():
        row = OutboundMail.objects.filter(pk=mail.pk)
        row.update(next_attempt_at=Now() + LEASE)
        if not locks.hold(_lock_on(mail)):
            continue
        held_by, reason = _why_not(mail)
        if not held_by:
            mail.attempts, mail.state = mail.attempts + 1, OutboundState.SENDING
            row.update(attempts=mail.attempts, state=mail.state)
            return mail
        mail.state, mail.held_by, mail.last_error = OutboundState.SUPPRESSED, held_by, reason
        mail.save(update_fields=["state", "held_by", "last_error"])
        locks.let_go(_lock_on(mail))
        fates.tell(mail)
    return None


def deliver(mail: OutboundMail, *, outlet: Outlet) -> bool:
    """Send a claimed mail and note what came of it; return whether the server is in reach."""
    try:
        return _send(mail, outlet)
    finally:
        locks.let_go(_lock_on(mail))


def _send(mail: OutboundMail, outlet: Outlet) -> bool:
    try:
        sent = outlet.send(mail)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is a fate of this mail
        failure = failure_of(error)
        outlet.close()
        log.warning(
            "mail.not_sent",
            mail=mail.pk,
            attempt=mail.attempts,
            fault=failure.fault,
            reason=failure.sentence,
        )
        _with_database(lambda: _note_failure(mail, failure))
        return failure.fault not in (Fault.RELAY, Fault.UNCLEAR)
    _with_database(lambda: _note_sent(mail, sent))
    log.info("mail.sent", mail=mail.pk, kind=mail.kind, attempt=mail.attempts)
    return True


def _lock_on(mail: OutboundMail) -> str:
    return f"helpdesk.mail.sending:{mail.pk}"


def _why_not(mail: OutboundMail) -> tuple[OutboundMail.HeldBy, str]:
    if suppression.is_suppressed(mail.to_address):
        return OutboundMail.HeldBy.ADDRESS, (
            f"Nothing is sent to {mail.to_address} any more, because mail came back or was "
            "reported as spam. An administrator can lift this."
        )
    refusal = ceilings.grant(mail)
    if refusal:
        return OutboundMail.HeldBy.CEILING, refusal
    return OutboundMail.HeldBy.NOBODY, ""


@transaction.atomic
def _note_sent(mail: OutboundMail, sent: Sent) -> None:
    """Taken is taken, even where the lease ran out meanwhile and the mail was put back."""
    values = {"smtp_reply": sent.reply, "provider_id": sent.provider_id, "last_error": sent.refused}
    if mail.is_private:
        values |= {"text": "", "html": ""}
    _mark(mail, OutboundMail.objects.outstanding(), OutboundState.ACCEPTED, values)
    OutboundMail.objects.filter(pk=mail.pk, accepted_at=None).update(accepted_at=Now())
    relay.resume()


@transaction.atomic
def _note_failure(mail: OutboundMail, failure: Failure) -> None:
    """Decide whether and when to try again, unless another worker has the mail by now."""
    values: dict[str, Any] = {"smtp_reply": failure.reply, "last_error": failure.sentence}
    age = database_now() - mail.created_at
    state, pause = OutboundState.PENDING, _pause_at(age)
    if failure.fault == Fault.NEVER:
        state = OutboundState.FAILED
    elif failure.fault == Fault.RELAY:
        pause = timedelta()
        values["attempts"] = mail.attempts - 1
    elif age > timedelta(hours=settings.MAIL_GIVE_UP_HOURS):
        state = OutboundState.FAILED
        values["last_error"] = (
            f"Given up after {settings.MAIL_GIVE_UP_HOURS} hours. {failure.sentence}"
        )
    mine = OutboundMail.objects.in_state(OutboundState.SENDING).filter(attempts=mail.attempts)
    _mark(mail, mine, state, values | {"next_attempt_at": Now() + pause})
    if failure.fault in (Fault.RELAY, Fault.UNCLEAR):
        relay.pause(failure.sentence)


def _mark(
    mail: OutboundMail,
    among: OutboundQuerySet,
    state: OutboundState,
    values: Mapping[str, Any],
) -> None:
    """Write the new state if the mail is still `among` those; news of a final one is told."""
    changed = among.filter(pk=mail.pk).update(state=state, **values)
    if changed and state != OutboundState.PENDING:
        fates.tell(OutboundMail.objects.get(pk=mail.pk))


def _pause_at(age: timedelta) -> timedelta:
    """An eighth of how long the mail waits already: so pauses grow by the same factor each time."""
    pause = min(max(age / 8, SHORTEST_PAUSE), LONGEST_PAUSE)
    return pause * random.uniform(0.9, 1.1)  # noqa: S311 - spreads load, guards nothing


def _with_database(note: Callable[[], None]) -> None:
    """Note what happened even while the database restarts: forgetting means sending again."""
    for attempt in range(1, MARKING_ATTEMPTS + 1):
        try:
            note()
        except (OperationalError, InterfaceError):
            if attempt == MARKING_ATTEMPTS:
                raise
            close_old_connections()
            time.sleep(attempt)
        else:
            return
