"""The query words of the two ledgers. Due is decided by the clock of the database."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Now

from helpdesk.mail.states import OUTSTANDING, InboundState, OutboundState

if TYPE_CHECKING:
    # ruff does not see names in the quotes of a base class.
    from helpdesk.mail.models import InboundMail, OutboundMail  # noqa: F401


class InboundQuerySet(models.QuerySet["InboundMail"]):
    """Words that say which mails."""

    def in_state(self, *states: InboundState) -> Self:
        return self.filter(state__in=states)

    def due(self) -> Self:
        """Pending and to be tried now, the longest waiting first."""
        return self.filter(state=InboundState.PENDING, next_attempt_at__lte=Now()).order_by(
            "next_attempt_at"
        )

    def received_between(self, day_from: date, day_to: date) -> Self:
        """Received on these UTC days, both included."""
        start, end = start_of(day_from), start_of(day_to) + timedelta(days=1)
        return self.filter(received_at__gte=start, received_at__lt=end)

    def with_message_key(self, key: str) -> Self:
        """Mails with this Message-ID (or digest, for those without), the first one first."""
        return self.filter(message_key=key).exclude(message_key="").order_by("pk")

    def named(self, message_ids: Iterable[str]) -> Self:
        """Mails with one of these Message-IDs."""
        return self.filter(message_key__in=list(message_ids)).exclude(message_key="")

    def answering(self, message_id: str) -> Self:
        """Mails that name this Message-ID as a parent: they overtook it."""
        return self.filter(parents__contains=[message_id])

    def about(self, subject_kind: str, subject_id: int) -> Self:
        return self.filter(subject_kind=subject_kind, subject_id=subject_id)


class OutboundQuerySet(models.QuerySet["OutboundMail"]):
    """Words that say which mails."""

    def in_state(self, *states: OutboundState) -> Self:
        return self.filter(state__in=states)

    def outstanding(self) -> Self:
        """Neither accepted nor given up."""
        return self.filter(state__in=sorted(OUTSTANDING))

    def due(self) -> Self:
        """To be sent now, in the order of sending; a lease that ran out counts as due."""
        return (
            self.outstanding()
            .filter(next_attempt_at__lte=Now())
            .order_by("priority", "next_attempt_at")
        )

    def about(self, subject_kind: str, subject_id: int) -> Self:
        return self.filter(subject_kind=subject_kind, subject_id=subject_id)

    def created_between(self, day_from: date, day_to: date) -> Self:
        """Intended on these UTC days, both included."""
        start, end = start_of(day_from), start_of(day_to) + timedelta(days=1)
        return self.filter(created_at__gte=start, created_at__lt=end)

    def held_by_ceiling(self) -> Self:
        return self.filter(state=OutboundState.SUPPRESSED, held_by="ceiling")


def start_of(day: date) -> datetime:
    """Midnight in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
