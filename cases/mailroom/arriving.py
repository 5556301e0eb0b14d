"""A mail becomes a case or part of one, through the same doors as everything else."""

import re

from cases import kinds
from cases.actions import opening, replying
from cases.actions.moving import may_still_reopen
from cases.lifecycle import ENDED
from cases.mailroom import copied, senders
from cases.mailroom.enclosing import stored_files
from cases.mailroom.threading import Candidate, evidence_of
from cases.models import Case, Channel, Priority
from cases.thread.adding import Writing
from helpdesk.mail.models import InboundMail
from helpdesk.mail.reading import ReadMail
from helpdesk.mail.sorted import Sorted
from helpdesk.mail.states import InboundState
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person

_CRITICAL = re.compile(r"(?<![\w-])critical(?![\w-])", re.IGNORECASE)
NO_SUBJECT = "(no subject)"


def open_new(mail: InboundMail, read: ReadMail, found: list[Candidate]) -> Sorted:
    """Open a case. A number quoted by a stranger links and notes, and grants nothing."""
    client = senders.contact_with(read.from_email or "", name=read.from_name or "")
    follows = _followed(client, found)
    question = opening.Question(
        subject=read.subject or NO_SUBJECT,
        priority=_priority(read),
        follows=follows,
    )
    why = _why_new(found, follows)
    case = opening.open_case(
        question,
        _writing(mail, read, why=why, found=found),
        client=client,
        by=Actor.of(client),
        at=mail.received_at,
    )
    if found and follows is None:
        _note_foreign_number(case, found)
    copied.take_in(case, mail, read, sender=client)
    return _settled(InboundState.CASED, f"It opened a case: {why}", case, found)


def join(
    mail: InboundMail,
    read: ReadMail,
    candidate: Candidate,
    *,
    sender: Person,
    found: list[Candidate],
) -> Sorted:
    """Add the mail to the case; after the reopen window it opens a new one that follows it."""
    case = candidate.case
    if case.current_state in ENDED and not may_still_reopen(case, now=mail.received_at):
        return open_new(mail, read, found)
    why = f"It joined the case: {candidate.clue}."
    writing = _writing(mail, read, why=why, found=found)
    replying.reply(case, writing, by=Actor.of(sender), at=mail.received_at)
    copied.take_in(case, mail, read, sender=sender)
    return _settled(InboundState.REPLIED, why, case, found)


def file_automatic(
    mail: InboundMail, read: ReadMail, found: list[Candidate], *, sender: Person | None
) -> Sorted:
    """File a mail that no person wrote: never answered, reopens nothing, satisfies nothing."""
    reason = "It was sent automatically, so it is filed and not answered."
    if not found or sender is None:
        return Sorted(InboundState.AUTOMATIC, reason, evidence_of(found))
    case = found[0].case
    writing = _writing(mail, read, why=reason, found=found, is_automatic=True)
    replying.add_note(case, writing, by=SYSTEM)
    return _settled(InboundState.AUTOMATIC, reason, case, found)


def _writing(
    mail: InboundMail,
    read: ReadMail,
    *,
    why: str,
    found: list[Candidate],
    is_automatic: bool = False,
) -> Writing:
    words = read.reply_text.strip() or read.text
    return Writing(
        text=words,
        quoted_text=read.quoted_text,
        html=read.html or "",
        channel=Channel.EMAIL,
        files=stored_files(read),
        inbound_mail_id=mail.pk,
        is_automatic=is_automatic,
        evidence={
            "message_id": read.message_id or "",
            "subject": read.subject or "",
            "auth": mail.auth,
            "why": why,
            **evidence_of(found),
        },
    )


def _why_new(found: list[Candidate], follows: Case | None) -> str:
    """Why a mail joined no case."""
    if not found:
        return "it points to no case."
    if follows is not None:
        return f"case {follows.shown_number}, to which it points, has ended."
    return f"its sender has no part in case {found[0].case.shown_number}, to which it points."


def _priority(read: ReadMail) -> str:
    """ "critical" in the subject of a first mail makes the case critical (product.md)."""
    return Priority.CRITICAL if _CRITICAL.search(read.subject or "") else Priority.MEDIUM


def _followed(client: Person, found: list[Candidate]) -> Case | None:
    """The ended case that this one goes on from, if its sender took part in that."""
    visible = Case.objects.visible_to(client)
    pks = set(visible.filter(pk__in=[one.case.pk for one in found]).values_list("pk", flat=True))
    return next((one.case for one in found if one.case.pk in pks), None)


def _note_foreign_number(case: Case, found: list[Candidate]) -> None:
    numbers = ", ".join(candidate.case.shown_number for candidate in found)
    text = (
        f"This mail points to case {numbers}, in which its sender has no part. "
        "It was not added there. If they belong together, say so on that case."
    )
    replying.add_note(case, Writing(text=text, channel=Channel.EMAIL), by=SYSTEM)


def _settled(state: InboundState, reason: str, case: Case, found: list[Candidate]) -> Sorted:
    return Sorted(state, reason, evidence_of(found), subject_kind=kinds.SUBJECT, subject_id=case.pk)
