"""What becomes of a mail: case, reply, filed as automatic, or held. Found by settings.MAIL_SORTER.

Runs inside the transaction that settles the mail's row in the ledger: either both stand, or none.
"""

from cases import kinds
from cases.correspondence import read_agent_token
from cases.mailroom import arriving, binding, bouncing, by_mail, grouping, senders
from cases.mailroom.threading import Candidate, candidates_for, evidence_of
from cases.models import Case
from cases.thread.models import Message
from helpdesk.mail.models import InboundMail
from helpdesk.mail.reading import ReadMail
from helpdesk.mail.signing import is_own_mark, read_reply_address
from helpdesk.mail.sorted import Sorted
from helpdesk.mail.states import InboundState
from helpdesk.people.models import Person


def sort(mail: InboundMail, read: ReadMail) -> Sorted:
    """Decide the fate of `mail` and carry it out."""
    if read.bounce:
        return bouncing.note_bounce(mail, read)
    sender = senders.known_person(read.from_email or "")
    recipients = recipients_of(mail, read)
    bound_to = binding.bound_case(sender, now=mail.received_at) if sender else None
    found = candidates_for(read, recipients=recipients, bound_to=bound_to)
    if held := _held(mail, read, found):
        return held
    if settled := grouping.settle(mail, read, recipients, sender=sender):
        return settled
    if read.auto_generated or is_own_mark(read.our_loop):
        return arriving.file_automatic(mail, read, found, sender=sender)
    if (known := _known_before(mail, read)) is not None:
        return known
    if sender is not None and sender.is_staff_member and _answers(found, recipients):
        return by_mail.answer(mail, read, found, agent=sender, recipients=recipients)
    joined = _case_of(sender, found)
    if sender is not None and joined is not None:
        return arriving.join(mail, read, joined, sender=sender, found=found)
    return arriving.open_new(mail, read, found)


def recipients_of(mail: InboundMail, read: ReadMail) -> tuple[str, ...]:
    """Every address that the mail was sent to, envelope first."""
    named = (address.email for address in (*read.to, *read.cc))
    return (*mail.envelope_to, *read.delivered_to, *named)


def _held(mail: InboundMail, read: ReadMail, found: list[Candidate]) -> Sorted | None:
    """Mails that a person has to look at first (`security.md` T1, T4, T7)."""
    evidence = evidence_of(found)
    if not read.from_email and not read.auto_generated:
        return Sorted(
            InboundState.QUARANTINED, "The mail names no author who could be answered.", evidence
        )
    if mail.auth.get("spam") == "yes" and not mail.is_cleared:
        return Sorted(InboundState.SPAM, "The mail server took it for spam.", evidence)
    if mail.auth.get("dmarc") == "fail" and not mail.is_cleared:
        return Sorted(
            InboundState.QUARANTINED,
            "The domain of the author disowns this mail (DMARC failed).",
            evidence,
        )
    return None


def _known_before(mail: InboundMail, read: ReadMail) -> Sorted | None:
    """The fate of the same mail that came before with other words below or around it.

    A mailing list adds a foot, a gateway a banner: Message-ID and author are the same, and the
    words of one hold those of the other. All three must be so: anybody can write anybody's
    Message-ID, and some programs write one into many mails.
    """
    if mail.message_key.startswith("digest:"):
        return None
    before = (
        InboundMail.objects.with_message_key(mail.message_key)
        .filter(from_address__iexact=mail.from_address, subject_kind=kinds.SUBJECT)
        .in_state(InboundState.CASED, InboundState.REPLIED)
        .exclude(pk=mail.pk)
        .first()
    )
    if before is None or not _is_alike(before, read):
        return None
    return Sorted(
        InboundState(before.state),
        f"The same mail came before by another way, as mail {before.pk}.",
        {"same_as": before.pk},
        before.subject_kind,
        before.subject_id,
    )


def _is_alike(before: InboundMail, read: ReadMail) -> bool:
    message = Message.objects.filter(inbound_mail_id=before.pk).first()
    if message is None:
        return False
    earlier, now = (" ".join(words.split()) for words in (message.text, read.text))
    return earlier in now or now in earlier


def _answers(found: list[Candidate], recipients: tuple[str, ...]) -> bool:
    """Whether a mail of one of ours goes to a client, and is no question of their own."""
    signed = (read_agent_token(read_reply_address(one) or "") for one in recipients)
    return bool(found) or any(signed)


def _case_of(sender: Person | None, found: list[Candidate]) -> Candidate | None:
    """The strongest candidate in which the sender really takes part."""
    if sender is None:
        return None
    visible = set(
        Case.objects.visible_to(sender)
        .filter(pk__in=[candidate.case.pk for candidate in found])
        .values_list("pk", flat=True)
    )
    return next((candidate for candidate in found if candidate.case.pk in visible), None)
