"""A mail of ours came back: noted on the mail that it names, never answered."""

from helpdesk.mail.models import InboundMail, OutboundMail
from helpdesk.mail.reading import ReadMail
from helpdesk.mail.sorted import Sorted
from helpdesk.mail.states import InboundState
from helpdesk.mail.suppression import record_bounce


def note_bounce(mail: InboundMail, read: ReadMail) -> Sorted:
    """File a delivery report; the mails that it names show what became of them.

    Only Message-IDs that this desk made count, so nobody can forge a bounce to silence a client
    (`security.md` T10). A delay is noted and is no failure.
    """
    report = read.delivery_report
    if report is None or not report.is_failure:
        return Sorted(InboundState.AUTOMATIC, "It reports a delay; the mail may still arrive.")
    is_hard = report.status.startswith("5")
    named = [
        record_bounce(message_id, is_hard=is_hard, detail=_detail(report.status))
        for message_id in report.message_ids
    ]
    ours = [outbound for outbound in named if outbound is not None]
    return Sorted(InboundState.AUTOMATIC, _reason(ours), {"outbound": [one.pk for one in ours]})


def _reason(ours: list[OutboundMail]) -> str:
    if not ours:
        return "It reports a failed delivery of a mail that is not ours."
    addresses = ", ".join(outbound.to_address for outbound in ours)
    return f"It reports that our mail to {addresses} did not arrive."


def _detail(status: str) -> str:
    return f"The receiving server sent it back ({status})." if status else "It was sent back."
