"""The fates of a mail, in both directions. Each ledger adds up over these words."""

from django.db.models import TextChoices


class InboundState(TextChoices):
    """received = the sum of these, always."""

    PENDING = "pending", "Pending"
    CASED = "cased", "Became a case"
    REPLIED = "replied", "Joined a case"
    AUTOMATIC = "automatic", "Automatic"
    SPAM = "spam", "Spam"
    QUARANTINED = "quarantined", "Quarantined"
    REJECTED = "rejected", "Rejected"


FATES = frozenset(InboundState) - {InboundState.PENDING}
# These had no effect on a case, so that processing again cannot do anything twice.
WITHOUT_EFFECT = frozenset(
    {InboundState.AUTOMATIC, InboundState.SPAM, InboundState.QUARANTINED, InboundState.REJECTED}
)


class OutboundState(TextChoices):
    """intended = the sum of these, always."""

    PENDING = "pending", "Waiting"
    SENDING = "sending", "Being sent"
    ACCEPTED = "accepted", "Accepted by the mail server"
    BOUNCED = "bounced", "Came back"
    FAILED = "failed", "Failed"
    SUPPRESSED = "suppressed", "Held back"
    CANCELLED = "cancelled", "Cancelled"


OUTSTANDING = frozenset({OutboundState.PENDING, OutboundState.SENDING})
RESENDABLE = frozenset(
    {
        OutboundState.FAILED,
        OutboundState.BOUNCED,
        OutboundState.SUPPRESSED,
        OutboundState.CANCELLED,
    }
)
