"""Addresses that get no mail any more, and the bounces that led there."""

from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower, Now

from helpdesk.mail import fates
from helpdesk.mail.addresses import address_key
from helpdesk.mail.clean_text import clean_body
from helpdesk.mail.clock import database_now
from helpdesk.mail.models import OutboundMail, SuppressedAddress
from helpdesk.mail.signing import read_own_message_id
from helpdesk.mail.states import OutboundState

log = structlog.get_logger(__name__)

HARD_BOUNCES = 2
Cause = SuppressedAddress.Cause


def is_suppressed(address: str) -> bool:
    return _standing(address_key(address)).filter(lifted_at=None).exists()


@transaction.atomic
def record_bounce(message_id: str, *, is_hard: bool, detail: str) -> OutboundMail | None:
    """Note that the mail with our own `message_id` came back; return it.

    An id that does not carry our signature, or that we never sent, changes nothing and gives
    None: a forged bounce must not switch off anybody's mail. The second mail to one address that
    bounces hard suppresses the address.
    """
    if read_own_message_id(message_id) is None:
        return None
    key = message_id.strip().strip("<>").lower()
    mail = OutboundMail.objects.select_for_update().filter(message_id=key).first()
    return _note_bounce(mail, is_hard=is_hard, detail=detail) if mail else None


@transaction.atomic
def record_provider_bounce(
    provider_id: str, *, recipient: str, is_hard: bool, detail: str
) -> OutboundMail | None:
    """Note a bounce that a provider reported, signed, of a mail that it took from us."""
    mail = _sent_by_provider(provider_id, recipient)
    return _note_bounce(mail, is_hard=is_hard, detail=detail) if mail else None


@transaction.atomic
def record_complaint(provider_id: str, *, recipient: str) -> OutboundMail | None:
    """Somebody reported our mail as spam, as a provider tells us: they get no more."""
    mail = _sent_by_provider(provider_id, recipient)
    if mail is not None:
        suppress(mail.to_address, cause=Cause.COMPLAINT, detail=f"After the mail “{mail.subject}”.")
    return mail


@transaction.atomic
def suppress(address: str, *, cause: SuppressedAddress.Cause, detail: str) -> None:
    """Send nothing more to this address until somebody lifts it."""
    values = {"cause": cause, "detail": clean_body(detail), "lifted_at": None}
    _, is_new = SuppressedAddress.objects.update_or_create(
        address=address_key(address), defaults=values
    )
    log.warning("mail.address_suppressed", cause=cause, is_new=is_new)


def lift(suppressed: SuppressedAddress) -> None:
    """Send to this address again; bounces from before count no more."""
    SuppressedAddress.objects.filter(pk=suppressed.pk).update(lifted_at=Now())


def _standing(key: str) -> QuerySet[SuppressedAddress]:
    return SuppressedAddress.objects.alias(key=Lower("address")).filter(key=key)


def _sent_by_provider(provider_id: str, recipient: str) -> OutboundMail | None:
    if not provider_id:
        return None
    mails = OutboundMail.objects.select_for_update().filter(provider_id=provider_id)
    return mails.filter(to_key=address_key(recipient)).first()


def _note_bounce(mail: OutboundMail, *, is_hard: bool, detail: str) -> OutboundMail:
    mail.is_hard_bounce = mail.is_hard_bounce or is_hard
    mail.state = OutboundState.BOUNCED
    mail.last_error = clean_body(detail)[:2000] or "The mail came back."
    mail.bounced_at = mail.bounced_at or database_now()
    mail.save(update_fields=["is_hard_bounce", "state", "last_error", "bounced_at"])
    if is_hard and _hard_bounces(mail.to_key) >= HARD_BOUNCES:
        suppress(mail.to_address, cause=Cause.HARD_BOUNCES, detail=mail.last_error)
    fates.tell(mail)
    return mail


def _hard_bounces(key: str) -> int:
    bounced = OutboundMail.objects.filter(to_key=key, is_hard_bounce=True)
    lifted_at: datetime | None = _standing(key).values_list("lifted_at", flat=True).first()
    return bounced.filter(bounced_at__gt=lifted_at).count() if lifted_at else bounced.count()
