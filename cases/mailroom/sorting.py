"""What becomes of a mail: case, reply, filed as automatic, or held. Found by settings.MAIL_SORTER.

Runs inside the transaction that settles the mail's row in the ledger: either both stand, or none.
"""

from cases.mailroom import arriving, bouncing, senders
from cases.mailroom.threading import Candidate, candidates_for, evidence_of
from cases.models import Case
from helpdesk.mail.models import InboundMail
from helpdesk.mail.reading import ReadMail
from helpdesk.mail.signing import is_own_mark
from helpdesk.mail.sorted import Sorted
from helpdesk.mail.states import InboundState
from helpdesk.people.models import Person


def sort(mail: InboundMail, read: ReadMail) -> Sorted:
    """Decide the fate of `mail` and carry it out."""
    if read.bounce:
        return bouncing.note_bounce(mail, read)
    found = candidates_for(read, recipients=recipients_of(mail, read))
    if held := _held(mail, read, found):
        return held
    sender = senders.known_person(read.from_email or "")
    if read.auto_generated or is_own_mark(read.our_loop):
        return arriving.file_automatic(mail, read, found, sender=sender)
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
    sender = senders.known_person(read.from_email or "")
    if sender is not None and sender.is_staff_member and found and not read.auto_generated:
        return Sorted(
            InboundState.QUARANTINED,
            "It claims to be from one of ours. We answer from the console, not by mail.",
            evidence,
        )
    return None


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
