"""Answers of our own people from their mail program: off unless settings.MAIL_AGENTS_MAY_REPLY.

A header that anybody can write must never speak to a client in our name (`security.md` T4). So an
answer leaves by itself only when it came to the address that was made for this agent and this case,
and the agent's domain confirms the mail. Any other is held until a person says that it is real.
What the agent may do is asked now, not when the address was made.
"""

from django.conf import settings

from cases import access, kinds
from cases.actions import replying
from cases.correspondence import read_agent_token
from cases.lifecycle import Role
from cases.mailroom.enclosing import stored_files
from cases.mailroom.senders import is_vouched_for
from cases.mailroom.threading import Candidate, evidence_of
from cases.models import Case, Channel, Merge
from cases.thread.adding import Writing
from helpdesk.mail.authentication import AuthVerdict
from helpdesk.mail.models import InboundMail
from helpdesk.mail.reading import ReadMail
from helpdesk.mail.signing import read_reply_address
from helpdesk.mail.sorted import Sorted
from helpdesk.mail.states import InboundState
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

OFF = "It claims to be from one of ours. We answer from the console, not by mail."
NO_CASE = "It claims to be from one of ours, and points to no case that could be answered."
NO_ACCESS = "It claims to be from somebody who may not answer on this case."
NO_WORDS = "It claims to be from one of ours, and holds no words for the client."
UNPROVEN = (
    "It claims to be from one of ours, and nothing proves it. If they wrote it, release it: "
    "then it is sent to the client in their name."
)


def answer(
    mail: InboundMail,
    read: ReadMail,
    found: list[Candidate],
    *,
    agent: Person,
    recipients: tuple[str, ...],
) -> Sorted:
    """Send what `agent` wrote to the client, or hold it with the reason."""
    if not settings.MAIL_AGENTS_MAY_REPLY:
        return _held(OFF, found)
    signed = _case_signed_for(agent, recipients)
    case = signed or (found[0].case if found else None)
    if case is None:
        return _held(NO_CASE, found)
    if access.role_of_person(agent, case) not in {Role.AGENT, Role.LEAD}:
        return _held(NO_ACCESS, found)
    if not _has_words(read.reply_text):
        return _held(NO_WORDS, found)
    is_proven = signed is not None and is_vouched_for(agent.email, AuthVerdict.stored(mail.auth))
    if not is_proven and not mail.is_cleared:
        return _held(UNPROVEN, found)
    return _sent(case, mail, read, agent, found, is_proven=is_proven)


def _has_words(text: str) -> bool:
    """Whether there is more than a quote, which the reader shows when there is nothing else."""
    return any(line.strip() and not line.lstrip().startswith(">") for line in text.splitlines())


def _case_signed_for(agent: Person, recipients: tuple[str, ...]) -> Case | None:
    """The case that an address names which we made for this agent and nobody else."""
    for address in recipients:
        named = read_agent_token(read_reply_address(address) or "")
        if named is not None and named.person_id == agent.pk:
            case = Case.objects.for_rows().filter(pk=named.case_id).first()
            return Merge.objects.kept_for([case]).get(case.pk, case) if case else None
    return None


def _sent(
    case: Case,
    mail: InboundMail,
    read: ReadMail,
    agent: Person,
    found: list[Candidate],
    *,
    is_proven: bool,
) -> Sorted:
    why = (
        f"{agent.name} answered from their mail program."
        if is_proven
        else f"One of ours confirmed that {agent.name} wrote it."
    )
    # Without what was quoted: that was a notice for our own people.
    writing = Writing(
        text=read.reply_text,
        channel=Channel.EMAIL,
        files=stored_files(read),
        inbound_mail_id=mail.pk,
        evidence={"message_id": read.message_id or "", "auth": mail.auth, "why": why},
    )
    replying.reply(case, writing, by=Actor.of(agent), at=mail.received_at)
    return Sorted(
        InboundState.REPLIED,
        why,
        evidence_of(found),
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
    )


def _held(why: str, found: list[Candidate]) -> Sorted:
    return Sorted(InboundState.QUARANTINED, why, evidence_of(found))
