"""The rules by which calls are booked, as this desk has set them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How far ahead calls are booked, and what moving, cancelling and missing them costs."""

    lengths: tuple[int, ...]
    lead: timedelta
    horizon: timedelta
    notice: timedelta
    late_cancel_uses: bool
    no_show_uses: bool

    def free_until(self, starts_at: datetime) -> datetime:
        """Until when a client may move or cancel a call without using minutes."""
        return starts_at - self.notice


def current_rules() -> Rules:
    """The rules from the settings."""
    return Rules(
        lengths=tuple(int(minutes) for minutes in settings.CALL_LENGTHS),
        lead=timedelta(hours=settings.CALL_LEAD_HOURS),
        horizon=timedelta(days=settings.CALL_HORIZON_DAYS),
        notice=timedelta(hours=settings.CALL_NOTICE_HOURS),
        late_cancel_uses=settings.CALL_LATE_CANCEL_USES_MINUTES,
        no_show_uses=settings.CALL_NO_SHOW_USES_MINUTES,
    )
