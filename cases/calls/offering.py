"""What a client is offered: the times that office, agents and minutes leave."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.calls.diaries import diaries_between, office_for, office_hours
from cases.calls.models import AgentHours, Call
from cases.calls.rules import current_rules
from cases.calls.slots import Slot, agents_free_at, free_slots, is_on_the_step
from cases.entitlements import ledger
from cases.models import Case


@dataclass(frozen=True, slots=True)
class Offer:
    """The free times in `[start, end)`; `last` is the end of all that may be booked."""

    slots: tuple[Slot, ...]
    start: datetime
    end: datetime
    last: datetime


def offer(
    case: Case,
    minutes: int,
    *,
    now: datetime,
    start: datetime,
    days: int,
    but: Call | None = None,
    is_ours: bool = False,
) -> Offer:
    """The times at which a call about `case` may begin, from `start` on for so many days.

    Clients book some hours ahead (`CALL_LEAD_HOURS`), ours may take the next slot. `but` is the
    call that is to be moved, whose own minutes pay for the new time.
    """
    rules = current_rules()
    first = now if is_ours else now + rules.lead
    last = now + rules.horizon
    if but is None:
        payable = ledger.payable(case.organisation_id, minutes, now=now)
        if not payable.is_possible:
            last = first
        elif payable.until is not None:
            last = min(last, payable.until)
    start = max(start, first)
    end = max(start, min(start + timedelta(days=days), last))
    slots: tuple[Slot, ...] = ()
    if start < end:
        until = end + timedelta(minutes=minutes)
        office = office_hours(office_for(case.organisation), start=start, end=until)
        diaries = diaries_between(start, until, but=but)
        slots = free_slots(diaries, office=office, minutes=minutes, earliest=start, latest=end)
    return Offer(slots, start, end, last)


def agent_for(
    case: Case,
    starts_at: datetime,
    minutes: int,
    *,
    preferred: int | None,
    but: Call | None = None,
    never: int | None = None,
) -> AgentHours | None:
    """An agent who is free then, locked for the rest of the transaction; None when nobody is.

    Whoever has the case or the call already comes first, then who has the fewest calls. The
    diaries are read again under the lock: what was free on the page may be taken by now.
    """
    if not is_on_the_step(starts_at):
        return None
    until = starts_at + timedelta(minutes=minutes)
    office = office_hours(office_for(case.organisation), start=starts_at, end=until)

    def free(agents: tuple[int, ...] | None) -> tuple[int, ...]:
        diaries = diaries_between(starts_at, until, agents=agents, but=but)
        ours = [diary for diary in diaries if diary.agent != never]
        ours.sort(key=lambda diary: (diary.agent != preferred, len(diary.calls), diary.agent))
        return agents_free_at(ours, office=office, minutes=minutes, starts_at=starts_at)

    candidates = free(None)
    locked = {
        hours.pk: hours
        for hours in AgentHours.objects.select_for_update().filter(pk__in=candidates).order_by("pk")
    }
    still_free = free(tuple(locked))
    return locked[still_free[0]] if still_free else None
