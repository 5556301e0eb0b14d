"""Booking a call: the time, the agent and the minutes together, or nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from cases import access
from cases.actions.refusing import Refused
from cases.calls import inviting, kinds, reminding
from cases.calls.models import AgentHours, Call
from cases.calls.offering import agent_for
from cases.calls.rules import current_rules
from cases.calls.telling import tell
from cases.entitlements import ledger
from cases.entitlements.models import Movement
from cases.lifecycle import Role
from cases.models import Case
from cases.sla.words import date_words
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from helpdesk.people.zones import zone_of

TAKEN = "That time has just been taken. Choose another one: these are free now."


class SlotTaken(Refused):
    """The time is not free, or not any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the client asks for; `phone` is where we call."""

    starts_at: datetime
    minutes: int
    phone: str
    topic: str = ""


@transaction.atomic
def book(case: Case, wish: Wish, *, client: Person, by: Actor, now: datetime) -> Call:
    """Book a call for `client` about their case: hold the minutes and an agent's time.

    Raises Refused with a sentence: SlotTaken when nobody is free then, NotEnoughMinutes' words
    when the organisation has too few. Locks, in this order: the case, the minutes, the agents.
    """
    locked = Case.objects.locked_one(case.pk)
    _check(locked, wish, client=client, by=by, now=now)
    hold = held_for(locked, wish.starts_at, wish.minutes, client=client, by=by, now=now)
    hours = agent_for(locked, wish.starts_at, wish.minutes, preferred=locked.assignee_id)
    if hours is None:
        raise SlotTaken(TAKEN)
    call = _made(locked, wish, hours, hold, client=client, now=now)
    reminding.plan(call, now=now)
    inviting.tell_both(
        call,
        inviting.News(
            kind="call_booked",
            for_agent="You have a call on {when}. It takes {minutes} minutes.",
        ),
        at=now,
    )
    tell(kinds.BOOKED, call, by=by, at=now)
    return call


def held_for(
    case: Case, starts_at: datetime, minutes: int, *, client: Person, by: Actor, now: datetime
) -> Movement:
    """Hold the minutes of a call. Raises Refused with a sentence when there are too few."""
    when = date_words(starts_at, zone=zone_of(client))
    note = ledger.Note(
        why=f"Call on {when}, case {case.shown_number}",
        by=by,
        at=now,
        subject_kind="case",
        subject_id=case.pk,
    )
    if case.organisation_id is None:
        raise Refused("Calls are booked for organisations, and this case belongs to none.")
    try:
        return ledger.hold(case.organisation_id, minutes, for_time=starts_at, note=note)
    except ledger.NotEnoughMinutes as refusal:
        raise Refused(str(refusal)) from refusal


def may_book(person: Person, case: Case) -> bool:
    """Ours, and those of the organisation whose minutes pay for it."""
    if access.role_of_person(person, case) == Role.STRANGER:
        return False
    return person.is_staff_member or person.organisation_id == case.organisation_id is not None


def _check(case: Case, wish: Wish, *, client: Person, by: Actor, now: datetime) -> None:
    rules = current_rules()
    if by.person is None or not may_book(by.person, case) or not may_book(client, case):
        raise Refused("You may not book a call for this case.")
    if not case.is_active:
        raise Refused("This case is over. Reopen it, or open a new one, to book a call.")
    if wish.minutes not in rules.lengths:
        raise Refused("Choose one of the lengths offered.")
    if not wish.phone.strip():
        raise Refused("Tell us the number on which we should call you.")
    earliest = now if by.is_staff_member else now + rules.lead
    if not earliest <= wish.starts_at < now + rules.horizon:
        raise SlotTaken("That time cannot be booked any more. Choose another one.")
    if Call.objects.booked().filter(case=case).exists():
        raise Refused("This case has a call booked already. Move that one instead.")


def _made(
    case: Case, wish: Wish, hours: AgentHours, hold: Movement, *, client: Person, now: datetime
) -> Call:
    try:
        with transaction.atomic():
            return Call.objects.create(
                case=case,
                organisation_id=hold.organisation_id,
                client=client,
                agent=hours.person,
                hold=hold,
                starts_at=wish.starts_at,
                minutes=wish.minutes,
                buffer_minutes=hours.buffer_minutes,
                phone=" ".join(wish.phone.split())[:40],
                topic=wish.topic.strip()[:500],
                booked_at=now,
            )
    except IntegrityError as error:
        # The constraint of migration 0002: it holds for code that takes no lock.
        raise SlotTaken(TAKEN) from error
