"""What becomes of a card: a defect with its cases, a known defect, or nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.actions.refusing import Refused
from cases.defects import access, kinds
from cases.defects.actions import attaching, recording
from cases.defects.actions.recording import Report
from cases.defects.models import Defect
from cases.defects.surges.models import Signature, Surge, SurgeCase
from cases.models import Case
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.people.actors import Actor


@transaction.atomic
def make_defect(
    surge: Surge, report: Report, *, cases: Iterable[Case], by: Actor, at: datetime | None = None
) -> Defect:
    """Record a defect, attach those of the card's `cases`, and settle it. Raises Refused."""
    locked = _raised(surge, by=by)
    moment = at or timezone.now()
    defect = recording.record(report, by=by, at=moment)
    _settle(locked, defect, cases, by=by, at=moment)
    return defect


@transaction.atomic
def take_as(
    surge: Surge, defect: Defect, *, cases: Iterable[Case], by: Actor, at: datetime | None = None
) -> None:
    """It is a defect that we know: attach the cases to that one. Raises Refused."""
    _settle(_raised(surge, by=by), defect, cases, by=by, at=at or timezone.now())


@transaction.atomic
def dismiss(surge: Surge, *, by: Actor, at: datetime | None = None) -> None:
    """It is not the same. Its cases count no more; others may raise a new card. Raises Refused."""
    locked = _raised(surge, by=by)
    members = SurgeCase.objects.filter(surge=locked)
    Signature.objects.filter(case__in=members.values("case")).delete()
    members.delete()
    _end(locked, Surge.State.DISMISSED, kinds.SURGE_DISMISSED, by=by, at=at or timezone.now())


def _raised(surge: Surge, *, by: Actor) -> Surge:
    if not access.is_ours(by):
        raise Refused("Only our own people settle cards.")
    locked = Surge.objects.select_for_update(of=("self",)).get(pk=surge.pk)
    if locked.state != Surge.State.RAISED:
        raise Refused(f"{locked.settled_by} has settled this card already.")
    return locked


def _settle(
    surge: Surge, defect: Defect, cases: Iterable[Case], *, by: Actor, at: datetime
) -> None:
    chosen = list(cases)
    if not chosen:
        raise Refused("Choose at least one case that reports this.")
    attaching.attach(defect, chosen, by=by, at=at)
    # What was left out is something else: it may belong to another card.
    surge.members.exclude(case__in=chosen).delete()
    surge.defect = defect
    _end(surge, Surge.State.SETTLED, kinds.SURGE_SETTLED, by=by, at=at, defect=defect.shown_number)


def _end(
    surge: Surge, state: Surge.State, kind: Kind, *, by: Actor, at: datetime, **data: object
) -> None:
    surge.state = state
    surge.settled_at, surge.settled_by = at, by.label[:200]
    surge.save(update_fields=["state", "settled_at", "settled_by", "defect"])
    journal.write(
        kind,
        subject_kind=kinds.SURGE,
        subject_id=surge.pk,
        organisation_id=None,
        by=by,
        at=at,
        data=data,
    )
