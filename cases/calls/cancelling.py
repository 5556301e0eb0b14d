"""Cancelling a booked call, in time or late."""

from datetime import datetime

from django.db import transaction

from cases.actions.refusing import Refused
from cases.calls import inviting, kinds
from cases.calls.concluding import end
from cases.calls.invitations import Method
from cases.calls.locking import locked_call, refuse_stranger
from cases.calls.models import Call
from cases.calls.rules import current_rules
from cases.calls.telling import tell, used_words
from helpdesk.people.actors import Actor


@transaction.atomic
def cancel(call: Call, *, reason: str = "", by: Actor, now: datetime) -> Call:
    """Cancel a call. Ours never cost anything; a client's late one uses the minutes by rule.

    Raises Refused with a sentence.
    """
    locked = locked_call(call)
    refuse_stranger(locked, by=by)
    if locked.starts_at <= now and not by.is_staff_member:
        raise Refused("The call has begun. We note how it went; write to us if it did not happen.")
    used = cost_of_cancelling(locked, by=by, now=now)
    return cancel_locked(locked, used=used, reason=reason.strip(), by=by, now=now)


def cost_of_cancelling(call: Call, *, by: Actor, now: datetime) -> int:
    """How many minutes a cancellation now would use."""
    rules = current_rules()
    is_late = now > rules.free_until(call.starts_at)
    return call.minutes if is_late and rules.late_cancel_uses and not by.is_staff_member else 0


def cancel_locked(call: Call, *, used: int, reason: str, by: Actor, now: datetime) -> Call:
    """Cancel a call that the caller has locked and may cancel."""
    call.sequence += 1
    end(call, Call.State.CANCELLED, used=used, why="Call cancelled", by=by, now=now)
    words = f"{reason} {used_words(call.used_minutes)}".strip()
    inviting.tell_both(
        call,
        inviting.News(
            kind="call_cancelled",
            for_agent="The call on {when} is cancelled.",
            method=Method.CANCEL,
            reason=words,
        ),
        at=now,
    )
    tell(
        kinds.CANCELLED,
        call,
        by=by,
        at=now,
        reason=reason,
        used_words=used_words(call.used_minutes),
    )
    return call
