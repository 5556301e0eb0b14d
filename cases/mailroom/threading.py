"""To which case a mail belongs, and on what evidence.

Threading, attribution and access are three decisions. This one only finds candidates: first what
only this desk can have made (a signed reply address, our own Message-IDs), then a number in the
subject. Whether the sender takes part in the candidate is asked afterwards, and decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cases.models import Case
from helpdesk.mail.reading import ReadMail
from helpdesk.mail.signing import read_own_message_id, read_reply_address

_NUMBER = re.compile(r"(?<!\d)(\d{8})(?!\d)|#(\d{1,12})(?!\d)")
MOST_CANDIDATES = 5


class Clue(StrEnum):
    """What pointed to a case, strongest first."""

    REPLY_ADDRESS = "signed reply address"
    IN_REPLY_TO = "answer to one of our mails"
    REFERENCES = "in a thread with one of our mails"
    SUBJECT = "case number in the subject"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that a mail may belong to, and why."""

    case: Case
    clue: Clue


def candidates_for(read: ReadMail, *, recipients: tuple[str, ...]) -> list[Candidate]:
    """Every case that the mail points to, strongest clue first, each case once."""
    clues = list(_clues(read, recipients))
    cases = _cases_of(clues)
    found: dict[int, Candidate] = {}
    for clue, (column, value) in clues:
        case = cases.get((column, value))
        if case is not None and case.pk not in found:
            found[case.pk] = Candidate(case, clue)
    return list(found.values())[:MOST_CANDIDATES]


def evidence_of(found: list[Candidate]) -> dict[str, object]:
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
    for match in _NUMBER.finditer(read.subject or ""):
        yield Clue.SUBJECT, ("number", int(match[1] or match[2]))


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
    return found
