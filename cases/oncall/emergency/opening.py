"""An emergency call becomes a critical case, through the door of every case."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cases.actions import opening
from cases.models import Case, Channel, Priority
from cases.oncall.emergency.callers import caller_with
from cases.oncall.models import EmergencyCall
from cases.thread.adding import Writing
from helpdesk.people.actors import Actor

NO_WORDS = "The caller left no words."


@dataclass(frozen=True, slots=True)
class Report:
    """What was said on the telephone."""

    subject: str
    what_happened: str
    characteristics: tuple[str, ...] = ()
    caller_name: str = ""
    callback_number: str = ""
    address: str = ""


@transaction.atomic
def open_from_call(report: Report, *, call: EmergencyCall, by: Actor, at: datetime) -> Case:
    """Open the case and tie `call` to it. Its opening pages, as that of any critical case does.

    `call` need not be saved yet. Raises Refused and ValueError with a sentence.
    """
    caller = caller_with(
        address=report.address, number=report.callback_number, name=report.caller_name
    )
    case = opening.open_case(
        opening.Question(
            subject=report.subject,
            type="problem",
            priority=Priority.CRITICAL,
            characteristics=report.characteristics,
        ),
        Writing(text=_words(report), channel=Channel.PHONE),
        client=caller.person,
        by=by,
        at=at,
    )
    call.case, call.state, call.next_attempt_at = case, EmergencyCall.State.CASED, None
    call.caller_name, call.callback_number = report.caller_name, report.callback_number
    call.taken_by, call.is_verified = by.person, caller.is_known
    call.save()
    return case


def _words(report: Report) -> str:
    """What the case begins with. The client reads it too."""
    lines = [report.what_happened.strip() or NO_WORDS, ""]
    if report.caller_name:
        lines.append(f"Caller: {report.caller_name}")
    lines.append(f"Call back: {report.callback_number or 'no number given'}")
    return "\n".join(lines)
