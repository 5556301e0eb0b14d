"""How a call went: its length and outcome, or that nobody answered. Settles its minutes."""

from datetime import datetime

from django.db import transaction

from cases.actions.refusing import Refused
from cases.calls import kinds
from cases.calls.locking import locked_call
from cases.calls.models import Call, Reminder
from cases.calls.rules import current_rules
from cases.calls.telling import tell, used_words
from cases.entitlements import ledger
from helpdesk.people.actors import Actor

LONGEST = 480


@transaction.atomic
def conclude(call: Call, *, actual_minutes: int, outcome: str, by: Actor, now: datetime) -> Call:
    """Note that a call took place: so many of its minutes are used, the rest comes back.

    A call that took longer uses what was booked (decision 0090). Raises Refused with a sentence.
    """
    locked = _begun(call, by=by, now=now)
    if not 1 <= actual_minutes <= LONGEST:
        raise Refused(f"Say how long the call took: 1 to {LONGEST} minutes.")
    if not outcome.strip():
        raise Refused("Say in a sentence what came of the call: the client reads it.")
    locked.actual_minutes = actual_minutes
    locked.outcome = outcome.strip()
    end(locked, Call.State.HELD, used=actual_minutes, why="Call took place", by=by, now=now)
    tell(
        kinds.HELD,
        locked,
        by=by,
        at=now,
        actual=actual_minutes,
        used=locked.used_minutes,
        outcome=locked.outcome,
    )
    return locked


@transaction.atomic
def note_missed(call: Call, *, by: Actor, now: datetime) -> Call:
    """Note that we called and reached nobody. Raises Refused with a sentence."""
    locked = _begun(call, by=by, now=now)
    used = locked.minutes if current_rules().no_show_uses else 0
    end(locked, Call.State.MISSED, used=used, why="Call not answered", by=by, now=now)
    words = used_words(locked.used_minutes)
    tell(kinds.MISSED, locked, by=by, at=now, used_words=words)
    return locked


def end(call: Call, state: Call.State, *, used: int, why: str, by: Actor, now: datetime) -> None:
    """End a locked call and settle its minutes; what waits for it waits no more."""
    note = ledger.Note(
        why=f"{why}, case {call.case.shown_number}",
        by=by,
        at=now,
        subject_kind="case",
        subject_id=call.case_id,
    )
    call.used_minutes = ledger.settle(call.hold, used=used, note=note)
    call.state = state
    call.ended_at = now
    call.save()
    Reminder.objects.filter(call=call, settled_at=None).update(settled_at=now)


def _begun(call: Call, *, by: Actor, now: datetime) -> Call:
    locked = locked_call(call)
    if not by.is_staff_member:
        raise Refused("Only our own people note how a call went.")
    if locked.starts_at > now:
        raise Refused("The call has not begun yet. Move or cancel it instead.")
    return locked
