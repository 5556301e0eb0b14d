"""Why a mail stands on a case, and what may be done about it: the card below its message."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cases.mailroom.models import SenderRule
from cases.models import Case
from cases.thread.models import Message
from helpdesk.mail.authentication import AuthVerdict


@dataclass(frozen=True, slots=True)
class Pointer:
    """A case to which the mail points, and by what. `is_here` marks the one that it stands on."""

    number: str
    clue: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """What the card on a message shows, and which verbs it offers."""

    why: str
    vouching: str
    pointers: list[Pointer]
    mail_id: int
    may_split: bool
    may_bind: bool
    is_bound: bool
    author_takes_part: bool


def cards_of(
    messages: Sequence[Message], case: Case, *, participants: Sequence[int]
) -> dict[int, PlaceCard]:
    """The cards by message id: for every message that came by mail, in one statement.

    `participants` are the ids of the people who take part in the case beside its client.
    """
    mails = [message for message in messages if message.inbound_mail_id is not None]
    authors = {message.author_id for message in mails} - {None}
    bound = set(
        SenderRule.objects.filter(case=case, person__in=authors).values_list("person", flat=True)
    )
    people = {case.client_id, *participants}
    return {
        message.pk: _card(message, case, bound=bound, people=people)
        for message in mails
        if message.inbound_mail_id is not None
    }


def _card(message: Message, case: Case, *, bound: set[int], people: set[int]) -> PlaceCard:
    evidence: dict[str, Any] = message.evidence
    is_of_client = not message.is_ours and message.author_id is not None
    return PlaceCard(
        why=str(evidence.get("why", "")),
        vouching=_vouching(AuthVerdict.stored(evidence.get("auth", {}))),
        pointers=[
            Pointer(f"{one['number']:08d}", str(one["clue"]), one["number"] == case.number)
            for one in evidence.get("candidates", [])
        ],
        mail_id=message.inbound_mail_id or 0,
        may_split=is_of_client and message.is_public and case.message_count > 1,
        may_bind=is_of_client and message.author_id not in bound,
        is_bound=message.author_id in bound,
        author_takes_part=message.author_id in people,
    )


def _vouching(auth: AuthVerdict) -> str:
    if auth.dmarc == "pass":
        return f"The domain {auth.dmarc_domain} confirms the sender (DMARC)."
    if not auth.is_known:
        return "Nobody checked whether the sender is real."
    verdicts = {"SPF": auth.spf, "DKIM": auth.dkim, "DMARC": auth.dmarc}
    said = ", ".join(f"{name} {word}" for name, word in verdicts.items() if word)
    return f"The sender is not confirmed: {said}."
