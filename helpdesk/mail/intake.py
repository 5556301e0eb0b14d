"""Taking a mail in: stored and committed before anybody is told that we have it."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from helpdesk.mail.addresses import address_key
from helpdesk.mail.authentication import AuthVerdict
from helpdesk.mail.clean_text import clean_body, clean_line
from helpdesk.mail.models import ADDRESS_LENGTH, InboundMail, InboundRaw, InboundTally
from helpdesk.mail.states import InboundState
from helpdesk.mail.tasks import process_inbound
from helpdesk.mail.waking import wake

log = structlog.get_logger(__name__)

HEAD_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender may be told: the mail is ours, or why it is not taken."""

    mail_id: int
    is_duplicate: bool
    refusal: str = ""


def receive(
    raw: bytes,
    *,
    source: str,
    envelope_from: str = "",
    envelope_to: Iterable[str] = (),
    provider_id: str = "",
    auth: AuthVerdict | None = None,
) -> Receipt:
    """Store a mail and commit; from then on it cannot be lost.

    The same bytes for the same recipients, or the same `provider_id` of one `source`, are one row
    whatever the number of deliveries. A mail above `MAIL_MAX_BYTES` leaves a rejected row with a
    sentence and its first lines. Database errors pass through: the sender must try again.
    """
    if is_too_large(len(raw)):
        return refuse(
            head=raw[:HEAD_BYTES],
            size=len(raw),
            sha256=digest_of(raw),
            source=source,
            envelope_from=envelope_from,
            envelope_to=envelope_to,
            provider_id=provider_id,
        )
    fields = _fields(source, envelope_from, envelope_to, provider_id)
    fields |= {"size": len(raw), "sha256": digest_of(raw)}
    fields["auth"] = asdict(auth) if auth else {}
    return _store(fields, raw)


def refuse(
    *,
    head: bytes,
    size: int,
    sha256: str,
    source: str,
    envelope_from: str = "",
    envelope_to: Iterable[str] = (),
    provider_id: str = "",
) -> Receipt:
    """Record that a mail was too big to be taken, without its body."""
    fields = _fields(source, envelope_from, envelope_to, provider_id)
    limit = settings.MAIL_MAX_BYTES / 1e6
    reason = (
        f"The mail has {size / 1e6:.1f} MB and the limit is {limit:.1f} MB. "
        "It was not taken; send large files in another way."
    )
    fields |= {"size": size, "sha256": sha256, "state": InboundState.REJECTED, "reason": reason}
    fields["evidence"] = {"head": clean_body(head[:HEAD_BYTES].decode("latin-1"))}
    return _store(fields, None)


def is_too_large(size: int) -> bool:
    return bool(size > settings.MAIL_MAX_BYTES)


def digest_of(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _fields(
    source: str, envelope_from: str, envelope_to: Iterable[str], provider_id: str
) -> dict[str, Any]:
    recipients = [clean_line(one, limit=ADDRESS_LENGTH) for one in envelope_to]
    return {
        "source": source,
        "envelope_from": clean_line(envelope_from, limit=ADDRESS_LENGTH),
        "envelope_to": recipients,
        "recipients_key": _recipients_key(recipients),
        "provider_id": _provider_key(provider_id),
    }


def _store(fields: dict[str, Any], raw: bytes | None) -> Receipt:
    try:
        with transaction.atomic(durable=True):
            mail = InboundMail.objects.create(**fields)
            if raw is not None:
                InboundRaw.objects.create(mail=mail, content=raw)
                wake(process_inbound, mail.pk)
            else:
                InboundMail.objects.filter(pk=mail.pk).update(finished_at=Now())
            _count(mail)
    except IntegrityError:
        return _same_again(fields, raw)
    log.info("mail.received", mail=mail.pk, source=mail.source, size=mail.size, state=mail.state)
    return Receipt(mail.pk, is_duplicate=False, refusal=mail.reason)


def _same_again(fields: dict[str, Any], raw: bytes | None) -> Receipt:
    """Count one more delivery of a row that a constraint says we have."""
    same_bytes = Q(sha256=fields["sha256"], recipients_key=fields["recipients_key"])
    same_id = Q(source=fields["source"], provider_id=fields["provider_id"]) & ~Q(provider_id="")
    mail = InboundMail.objects.filter(same_bytes | same_id).order_by("pk").first()
    if mail is None:
        raise RuntimeError("A mail was refused as known, but the ledger does not have it.")
    if mail.sha256 != fields["sha256"]:
        # Another mail under an id that was used before: an id is a hint, the bytes are the mail.
        log.warning("mail.provider_id_reused", mail=mail.pk, source=mail.source)
        return _store(fields | {"provider_id": ""}, raw)
    with transaction.atomic(durable=True):
        InboundMail.objects.filter(pk=mail.pk).update(deliveries=F("deliveries") + 1)
        if mail.state == InboundState.PENDING:
            wake(process_inbound, mail.pk)
    log.info("mail.received_again", mail=mail.pk, source=fields["source"])
    refusal = mail.reason if mail.state == InboundState.REJECTED and raw is None else ""
    return Receipt(mail.pk, is_duplicate=True, refusal=refusal)


def _count(mail: InboundMail) -> None:
    """Add the row to the tally of its day; last in the transaction, as all intakes share it."""
    tally = InboundTally.objects.filter(day=mail.received_at.date())
    if not tally.update(received=F("received") + 1):
        InboundTally.objects.bulk_create(
            [InboundTally(day=mail.received_at.date())], ignore_conflicts=True
        )
        tally.update(received=F("received") + 1)


def _recipients_key(recipients: list[str]) -> str:
    if not recipients:
        return ""
    keys = sorted({address_key(one) for one in recipients})
    return hashlib.sha256("\n".join(keys).encode("utf-8", "replace")).hexdigest()


def _provider_key(provider_id: str) -> str:
    cleaned = clean_line(provider_id, limit=1000)
    if len(cleaned) <= 300:
        return cleaned
    return hashlib.sha256(cleaned.encode()).hexdigest()
