"""What the function in `settings.MAIL_SORTER` answers for one mail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from helpdesk.mail.states import FATES, InboundState


class NotYet(Exception):
    """Nothing is wrong with the mail, but what sorting it needs is away: it is tried again.

    A sorter may raise it, say while the store of files is full.
    """


@dataclass(frozen=True, slots=True)
class Sorted:
    """The fate of a mail, why, and what it became.

    `reason` is a sentence for the ledger; `evidence` is what the decision rests on, as JSON;
    `subject_kind` and `subject_id` name what the mail became part of, as in the journal.
    Raises ValueError for a fate that is none, or without its reason.
    """

    state: InboundState
    reason: str
    evidence: Mapping[str, Any] = field(default_factory=dict)
    subject_kind: str = ""
    subject_id: int | None = None

    def __post_init__(self) -> None:
        if self.state not in FATES:
            raise ValueError(f"{self.state} is not the fate of a mail.")
        if not self.reason:
            raise ValueError("The fate of a mail needs a reason.")
