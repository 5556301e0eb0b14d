"""What became of the mails that carried a message: shown below it in the console."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from cases.thread.models import Message
from helpdesk.mail.models import OutboundMail
from helpdesk.mail.states import OutboundState

_ICONS = {
    OutboundState.PENDING: "clock",
    OutboundState.SENDING: "clock",
    OutboundState.ACCEPTED: "check",
    OutboundState.BOUNCED: "mail-x",
    OutboundState.FAILED: "triangle-alert",
    OutboundState.SUPPRESSED: "circle-pause",
    OutboundState.CANCELLED: "x",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mail's fate, in words and an icon."""

    icon: str
    words: str


def deliveries_of(messages: Sequence[Message]) -> dict[int, list[Delivery]]:
    """The fates by message id, in one statement whatever the number of messages."""
    mails = OutboundMail.objects.filter(
        subject_kind="message", subject_id__in=[message.pk for message in messages]
    ).order_by("id")
    found: dict[int, list[Delivery]] = defaultdict(list)
    for mail in mails.only("subject_id", "to_address", "state", "last_error"):
        found[mail.subject_id or 0].append(_shown(mail))
    return dict(found)


def _shown(mail: OutboundMail) -> Delivery:
    state = OutboundState(mail.state)
    words = f"{mail.to_address}: {state.label}"
    if state in {OutboundState.BOUNCED, OutboundState.FAILED, OutboundState.SUPPRESSED}:
        words = f"{words}. {mail.last_error}".strip()
    return Delivery(_ICONS[state], words)
