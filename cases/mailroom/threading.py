"""To which case a mail belongs, and on what evidence.

Threading, attribution and access are three decisions. This one only finds candidates: first what
only this desk can have made (a signed reply address, our own Message-IDs), then other mails of the
same thread, then a number in the subject. Whether the sender takes part in the candidate is asked
afterwards, and decides. What points to a case that was merged leads to the one that goes on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cases import kinds
from cases.models import Case, Merge
from helpdesk.mail.models import InboundMail
from helpdesk.mail.reading import ReadMail
from helpdesk.mail.signing import read_own_message_id, read_reply_address

_NUMBER = re.compile(r"(?<!\d)(\d{8})(?!\d)|#(\d{1,12})(?!\d)")
MOST_CANDIDATES, MOST_IDS, MOST_MAILS = 5, 50, 20


class Clue(StrEnum):
    """What pointed to a case, strongest first."""

    REPLY_ADDRESS = "signed reply address"
    IN_REPLY_TO = "answer to one of our mails"
    REFERENCES = "in a thread with one of our mails"
    SAME_THREAD = "in a thread with a mail that stands there"
    OVERTAKEN = "parent of a mail that came before it"
    SUBJECT = "case number in the subject"
    SENDER = "we said that mails of this sender belong there"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that a mail may belong to, and why."""

    case: Case
    clue: Clue


def candidates_for(
    read: ReadMail, *, recipients: tuple[str, ...], bound_to: Case | None = None
) -> list[Candidate]:
    """Every case that the mail points to, strongest clue first, each case once.

    `bound_to` is the case to which mails of this sender belong when nothing else points anywhere.
    """
    clues = list(_clues(read, recipients))
    cases = _cases_of(clues)
    found: dict[int, Candidate] = {}
    for clue, (column, value) in clues:
        case = cases.get((column, value))
        if case is not None and case.pk not in found:
            found[case.pk] = Candidate(case, clue)
    if bound_to is not None and not found:
        found[bound_to.pk] = Candidate(bound_to, Clue.SENDER)
    return list(found.values())[:MOST_CANDIDATES]


def evidence_of(found: list[Candidate]) -> dict[str, Any]:
    """What the threading rests on, for the ledger and for the card on the message."""
    return {
        "candidates": [
            {"number": candidate.case.number, "clue": str(candidate.clue)} for candidate in found
        ]
    }


Key = tuple[str, int]


def _clues(read: ReadMail, recipients: tuple[str, ...]) -> Iterator[tuple[Clue, Key]]:
    for address in recipients:
        yield from _from_token(Clue.REPLY_ADDRESS, read_reply_address(address))
    for message_id in read.in_reply_to_ids:
        yield from _from_token(Clue.IN_REPLY_TO, read_own_message_id(message_id))
    for message_id in reversed(read.references):
        yield from _from_token(Clue.REFERENCES, read_own_message_id(message_id))
    yield from _from_ledger(read)
    for match in _NUMBER.finditer(read.subject or ""):
        yield Clue.SUBJECT, ("number", int(match[1] or match[2]))


def _from_ledger(read: ReadMail) -> Iterator[tuple[Clue, Key]]:
    """Mails of others in one thread: anybody can name them, so this is no more than a hint."""
    filed = InboundMail.objects.filter(subject_kind=kinds.SUBJECT, subject_id__isnull=False)
    parents = (*read.in_reply_to_ids, *read.references)[:MOST_IDS]
    for pk in (
        filed.named(parents).order_by("-pk").values_list("subject_id", flat=True)[:MOST_MAILS]
    ):
        yield Clue.SAME_THREAD, ("pk", pk or 0)
    if read.message_id:
        answers = filed.answering(read.message_id).order_by("pk")
        for pk in answers.values_list("subject_id", flat=True)[:MOST_MAILS]:
            yield Clue.OVERTAKEN, ("pk", pk or 0)


def _from_token(clue: Clue, token: str | None) -> Iterator[tuple[Clue, Key]]:
    if token is not None and token.startswith("c") and token[1:].isdigit():
        yield clue, ("pk", int(token[1:]))


def _cases_of(clues: list[tuple[Clue, Key]]) -> dict[Key, Case]:
    pks = {value for _, (column, value) in clues if column == "pk"}
    numbers = {value for _, (column, value) in clues if column == "number"}
    cases = Case.objects.select_related("client__organisation")
    found: dict[Key, Case] = {("pk", case.pk): case for case in cases.filter(pk__in=pks)}
    if numbers:
        found |= {("number", case.number): case for case in cases.numbered(numbers)}
    kept = Merge.objects.kept_for(found.values())
    return {key: kept.get(case.pk, case) for key, case in found.items()}
