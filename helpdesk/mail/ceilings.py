"""Ceilings on automatic answers: what stops any storm, whatever got past every other rule.

They hold where a mail leaves, so nothing gets round them, and in the database, so that any number
of workers stay below them together. An answer that is held back keeps its row and its reason.
"""

from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.conf import settings
from django.db.models.functions import Now

from helpdesk.mail.locks import lock_until_commit
from helpdesk.mail.models import OutboundMail

log = structlog.get_logger(__name__)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many answers to one address."""

    per_hour: int
    per_day: int


LIMITS = {
    OutboundMail.Ceiling.ANSWER: Limit(per_hour=3, per_day=10),
    # Whoever is not known to us may be the victim of a forged sender.
    OutboundMail.Ceiling.STRANGER: Limit(per_hour=1, per_day=1),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How near the desk is to its global ceiling, and what the ceilings held back of late."""

    answers_last_hour: int
    limit_per_hour: int
    held_back_last_day: int

    @property
    def is_acting(self) -> bool:
        return self.answers_last_hour >= self.limit_per_hour


def grant(mail: OutboundMail) -> str:
    """Allow this answer to leave, or return the sentence that says why it is held back.

    To be called in a transaction; an answer that was allowed once stays allowed.
    """
    if mail.ceiling not in LIMITS or mail.granted_at is not None:
        return ""
    lock_until_commit("helpdesk.mail.ceilings")
    refusal = _refusal(mail)
    if refusal:
        log.warning("mail.ceiling_acted", mail=mail.pk, reason=refusal)
    else:
        OutboundMail.objects.filter(pk=mail.pk).update(granted_at=Now())
    return refusal


def standing() -> Standing:
    """Return the figures that the console shows."""
    return Standing(
        answers_last_hour=_granted_within(HOUR),
        limit_per_hour=settings.MAIL_ANSWERS_PER_HOUR,
        held_back_last_day=OutboundMail.objects.held_by_ceiling()
        .filter(created_at__gt=Now() - DAY)
        .count(),
    )


def _refusal(mail: OutboundMail) -> str:
    limit = LIMITS[OutboundMail.Ceiling(mail.ceiling)]
    if _granted_within(HOUR) >= settings.MAIL_ANSWERS_PER_HOUR:
        return (
            f"The desk sent {settings.MAIL_ANSWERS_PER_HOUR} automatic answers within the last "
            "hour, which is its ceiling. Look whether a storm is going on."
        )
    if _granted_within(HOUR, to_key=mail.to_key) >= limit.per_hour:
        return f"This address got {limit.per_hour} automatic answers within the last hour."
    if _granted_within(DAY, to_key=mail.to_key) >= limit.per_day:
        return f"This address got {limit.per_day} automatic answers within the last day."
    return ""


def _granted_within(span: timedelta, **narrower: str) -> int:
    return OutboundMail.objects.filter(granted_at__gt=Now() - span, **narrower).count()
