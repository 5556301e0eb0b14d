"""Moving a booked call: to another time, or to another agent."""

from datetime import datetime

from django.db import IntegrityError, transaction

from cases.actions.refusing import Refused
from cases.calls import inviting, kinds, reminding
from cases.calls.booking import TAKEN, SlotTaken, held_for
from cases.calls.cancelling import cancel_locked
from cases.calls.invitations import Method
from cases.calls.locking import locked_call, refuse_stranger
from cases.calls.models import AgentHours, Call
from cases.calls.offering import agent_for
from cases.calls.rules import current_rules
from cases.calls.telling import tell
from cases.entitlements import ledger
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

AGENT_MOVED = "Your call was moved to {when}. It takes {minutes} minutes."
AGENT_NEW = "You take over a call on {when}. It takes {minutes} minutes."
AGENT_GONE = "You no longer have the call on {when}."


@transaction.atomic
def reschedule(
    call: Call, starts_at: datetime, *, by: Actor, now: datetime, seen_sequence: int | None = None
) -> Call:
    """Move a call to another time, with the same agent if they are free then.

    Clients may until the notice period begins, ours until the call has begun. Raises Refused with
    a sentence, SlotTaken when nobody is free.
    """
    locked = locked_call(call, seen_sequence=seen_sequence)
    refuse_stranger(locked, by=by)
    _check_time(locked, starts_at, by=by, now=now)
    before, former = inviting.when_words(locked, locked.client), locked.agent
    locked.starts_at = starts_at
    if not ledger.is_payable_at(locked.hold, starts_at):
        _hold_anew(locked, by=by, now=now)
    hours = agent_for(locked.case, starts_at, locked.minutes, preferred=locked.agent_id, but=locked)
    if hours is None:
        raise SlotTaken(TAKEN)
    _give_to(locked, hours)
    reminding.plan(locked, now=now)
    _tell_agents(locked, former, AGENT_MOVED, at=now)
    inviting.tell_client(locked, inviting.News(kind="call_moved", for_agent=""), at=now)
    tell(kinds.MOVED, locked, by=by, at=now, before=before)
    return locked


@transaction.atomic
def decline(call: Call, *, reason: str, by: Actor, now: datetime) -> Call:
    """An agent cannot take a call: somebody else who is free takes it, else it is cancelled.

    The client loses nothing either way. Raises Refused with a sentence.
    """
    locked = locked_call(call)
    if not by.is_staff_member:
        raise Refused("Only our own people pass a call on. You can move or cancel it.")
    if locked.starts_at <= now:
        raise Refused("The call has begun. Note how it went instead.")
    former = locked.agent
    # The minutes before the agents, as a booking does it.
    ledger.locked_book(locked.organisation_id)
    tell(kinds.DECLINED, locked, by=by, at=now, reason=reason.strip())
    hours = agent_for(
        locked.case,
        locked.starts_at,
        locked.minutes,
        preferred=locked.case.assignee_id,
        but=locked,
        never=former.pk,
    )
    if hours is None:
        return cancel_locked(
            locked,
            used=0,
            reason="Nobody else is free then. Please choose another time.",
            by=by,
            now=now,
        )
    _give_to(locked, hours)
    _tell_agents(locked, former, AGENT_NEW, at=now)
    inviting.tell_client(locked, inviting.News(kind="call_moved", for_agent=""), at=now)
    tell(kinds.HANDED_OVER, locked, by=by, at=now, before=former.name)
    return locked


def _check_time(call: Call, starts_at: datetime, *, by: Actor, now: datetime) -> None:
    rules = current_rules()
    if starts_at == call.starts_at:
        raise Refused("The call is at that time already. Nothing was changed.")
    if call.starts_at <= now:
        raise Refused("The call has begun; it cannot be moved any more.")
    if not by.is_staff_member and now > rules.free_until(call.starts_at):
        raise Refused(
            f"A call can be moved until {_hours(rules.notice.total_seconds())} before it begins. "
            "Write to us on the case: we can still move it for you."
        )
    earliest = now if by.is_staff_member else now + rules.lead
    if not earliest <= starts_at < now + rules.horizon:
        raise SlotTaken("That time cannot be booked any more. Choose another one.")


def _hold_anew(call: Call, *, by: Actor, now: datetime) -> None:
    """The minutes will have expired by then: give them back and hold some that are valid."""
    note = ledger.Note(
        why=f"Call moved, case {call.case.shown_number}",
        by=by,
        at=now,
        subject_kind="case",
        subject_id=call.case_id,
    )
    ledger.settle(call.hold, used=0, note=note)
    call.hold = held_for(
        call.case, call.starts_at, call.minutes, client=call.client, by=by, now=now
    )


def _give_to(call: Call, hours: AgentHours) -> None:
    call.agent, call.buffer_minutes = hours.person, hours.buffer_minutes
    call.sequence += 1
    call.answer = Call.Answer.NONE
    try:
        with transaction.atomic():
            call.save()
    except IntegrityError as error:
        raise SlotTaken(TAKEN) from error


def _tell_agents(call: Call, former: Person, words: str, *, at: datetime) -> None:
    """The one who makes the call gets the invitation; who no longer does, the withdrawal."""
    if former.pk == call.agent_id:
        inviting.tell_agent(call, former, inviting.News(kind="", for_agent=words), at=at)
        return
    inviting.tell_agent(call, call.agent, inviting.News(kind="", for_agent=AGENT_NEW), at=at)
    gone = inviting.News(kind="", for_agent=AGENT_GONE, method=Method.CANCEL)
    inviting.tell_agent(call, former, gone, at=at)


def _hours(seconds: float) -> str:
    hours = int(seconds // 3600)
    return "1 hour" if hours == 1 else f"{hours} hours"
