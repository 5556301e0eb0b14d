"""A missed promise climbs its ladder until somebody acknowledges it or it is answered.

PagerDuty's rules: the ladder is kept as it was when it began, it stops at an acknowledgement, and
comes back when that expires. Critical goes on at any hour, everything else in opening time only.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from cases import kinds
from cases.actions.refusing import Refused
from cases.escalations.ladders import chain_for, people_of
from cases.escalations.models import Escalation, Level
from cases.escalations.telling import tell_level
from cases.models import Case
from cases.sla.editions import edition_of
from cases.sla.models import SlaTimer
from cases.sla.reckoning import whole_second
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.journal.models import Entry
from helpdesk.people.actors import SYSTEM, Actor

BATCH = 50
MOST_BATCHES = 100


def begin(entry: Entry) -> None:
    """A promise was missed: put the case on the first rung, if its policy has a ladder.

    A case climbs one ladder at a time, and none for a promise that was kept in the meantime.
    """
    case = Case.objects.locked_one(entry.subject_id)
    timer = SlaTimer.objects.select_related("policy").get(pk=entry.data["timer"])
    chain = chain_for(timer.policy_id)
    is_climbing = case.escalations.exclude(state=Escalation.State.ENDED).exists()
    if chain is None or is_climbing or not timer.is_open or not timer.is_missed:
        return
    levels = [
        {"who": level.who, "wait_minutes": level.wait_minutes} for level in chain.levels.all()
    ]
    if not levels:
        return
    started_at = whole_second(entry.at)
    Escalation.objects.get_or_create(
        timer=timer,
        defaults={
            "case": case,
            "levels": levels,
            "acknowledged_minutes": chain.acknowledged_minutes,
            "what": entry.sentence[:300],
            "started_at": started_at,
            "next_action_at": _when(case, timer, started_at, minutes=0),
        },
    )


def settle(entry: Entry) -> None:
    """Something happened on the case: what was escalated may be over."""
    case = Case.objects.locked_one(entry.subject_id)
    for escalation in _open(case):
        if not escalation.timer.is_open:
            _end(escalation, entry.at)


@transaction.atomic
def acknowledge(case: Case, *, by: Actor, at: datetime) -> Escalation:
    """Somebody takes it on: nobody else is told until the acknowledgement expires.

    Raises Refused with a sentence when nothing is escalated.
    """
    locked = Case.objects.locked_one(case.pk)
    escalation = _open(locked).first()
    if escalation is None:
        raise Refused("Nothing is escalated on this case any more.")
    until = _when(locked, escalation.timer, at, minutes=escalation.acknowledged_minutes)
    escalation.state = Escalation.State.ACKNOWLEDGED
    escalation.acknowledged_by = by.person
    escalation.acknowledged_until = escalation.next_action_at = until
    escalation.save()
    _note(locked, kinds.ACKNOWLEDGED, by=by, at=at)
    return escalation


def sweep(*, now: datetime) -> int:
    """Take every step whose time has come; return how many. Safe to run twice and at once."""
    done, now = 0, whole_second(now)
    for _ in range(MOST_BATCHES):
        count = _sweep_batch(now)
        if not count:
            break
        done += count
    return done


@transaction.atomic
def _sweep_batch(now: datetime) -> int:
    due = (
        Escalation.objects.filter(next_action_at__lte=now)
        .order_by("next_action_at")
        .select_related("case__client", "case__organisation", "timer")
        .select_for_update(of=("case", "self"), skip_locked=True)
    )
    claimed = list(due[:BATCH])
    for escalation in claimed:
        _step(escalation, now)
    return len(claimed)


def _step(escalation: Escalation, now: datetime) -> None:
    """Tell the next level that has anybody; after the last one it stays in the queue."""
    if not escalation.timer.is_open:
        _end(escalation, now)
        return
    if escalation.state == Escalation.State.ACKNOWLEDGED:
        escalation.state, escalation.next_level = Escalation.State.RUNNING, 0
        escalation.acknowledged_by = escalation.acknowledged_until = None
    case, levels = escalation.case, escalation.levels
    escalation.next_action_at = None
    for number in range(escalation.next_level, len(levels)):
        escalation.next_level = number + 1
        people = people_of(case, Level.Who(levels[number]["who"]))
        if people:
            tell_level(escalation, people, number=number, now=now)
            names = ", ".join(person.name for person in people)
            _note(case, kinds.ESCALATED, by=SYSTEM, at=now, names=names)
            if number + 1 < len(levels):
                wait = levels[number]["wait_minutes"]
                escalation.next_action_at = _when(case, escalation.timer, now, minutes=wait)
            break
    escalation.save()


def _open(case: Case) -> QuerySet[Escalation]:
    return case.escalations.exclude(state=Escalation.State.ENDED).select_related("timer")


def _end(escalation: Escalation, at: datetime) -> None:
    escalation.state, escalation.ended_at = Escalation.State.ENDED, at
    escalation.next_action_at = None
    escalation.save(update_fields=["state", "ended_at", "next_action_at"])


def _when(case: Case, timer: SlaTimer, at: datetime, *, minutes: int) -> datetime:
    """`minutes` later; of opening time unless the case is critical, and never outside of it."""
    plain = at + timedelta(minutes=minutes)
    if case.is_critical:
        return plain
    edition = edition_of(timer.calendar_version_id)
    later = edition.add(at, minutes * 60) or plain
    return edition.working_time_at(later).next_open(later) or plain


def _note(case: Case, kind: Kind, *, by: Actor, at: datetime, **data: str) -> None:
    journal.write(
        kind,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=by,
        at=at,
        data=data,
    )
