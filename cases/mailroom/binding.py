"""Mails of a sender that always belong to one case: the verb behind "always for this sender"."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import access, kinds
from cases.actions import joining
from cases.actions.moving import may_still_reopen
from cases.actions.refusing import Refused
from cases.lifecycle import ENDED, Role, State
from cases.mailroom.models import SenderRule
from cases.models import Case
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person


@transaction.atomic
def bind(case: Case, sender: Person, *, by: Actor, at: datetime | None = None) -> None:
    """Let mails of `sender` that point to no case join this one from now on.

    They take part in the case by that, so they see it and hear of it. An earlier rule for the
    same sender ends. Raises Refused with a sentence.
    """
    locked = _locked_for_us(case, by=by)
    if not sender.is_client:
        raise Refused("Such a rule is for people outside. Our own write in the console.")
    if not is_reachable(locked, now=at or timezone.now()):
        raise Refused("This case has ended, so no mail can join it. Reopen it first.")
    joining.join(locked, sender, by=by, at=at)
    SenderRule.objects.update_or_create(
        person=sender, defaults={"case": locked, "made_by": by.person}
    )
    _tell(kinds.SENDER_BOUND, locked, sender, by=by, at=at)


@transaction.atomic
def free(case: Case, sender: Person, *, by: Actor, at: datetime | None = None) -> None:
    """End the rule for `sender` on this case; they still take part. Raises Refused."""
    locked = _locked_for_us(case, by=by)
    if SenderRule.objects.filter(person=sender, case=locked).delete()[0]:
        _tell(kinds.SENDER_FREED, locked, sender, by=by, at=at)


def bound_case(sender: Person, *, now: datetime) -> Case | None:
    """The case to which mails of `sender` belong, as long as a mail can join it."""
    rule = (
        SenderRule.objects.select_related("case__client__organisation")
        .filter(person=sender)
        .first()
    )
    return rule.case if rule is not None and is_reachable(rule.case, now=now) else None


def is_reachable(case: Case, *, now: datetime) -> bool:
    """Whether a client's message can still join the case."""
    if case.current_state in {State.SPAM, State.MERGED}:
        return False
    return case.current_state not in ENDED or may_still_reopen(case, now=now)


def _locked_for_us(case: Case, *, by: Actor) -> Case:
    locked = Case.objects.locked_one(case.pk)
    if access.role_of(by, locked) not in {Role.AGENT, Role.LEAD}:
        raise Refused("Only our own people say where mails belong.")
    return locked


def _tell(kind: Kind, case: Case, sender: Person, *, by: Actor, at: datetime | None) -> None:
    journal.write(
        kind,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=by,
        at=at or timezone.now(),
        data={"person": sender.name, "person_id": sender.pk},
    )
