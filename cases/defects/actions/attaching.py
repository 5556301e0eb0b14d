"""Saying which cases a defect caused, from either side, one or many."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.actions.refusing import Refused
from cases.defects import kinds
from cases.defects.actions.holding import held
from cases.defects.campaigns import planning
from cases.defects.models import Defect, Link
from cases.defects.news import tell, tell_case
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor

MOST_AT_ONCE = 200


@transaction.atomic
def attach(
    defect: Defect, cases: Iterable[Case], *, by: Actor, at: datetime | None = None
) -> list[Case]:
    """Attach cases to a defect and return those that were not attached before.

    When the fix is planned or out already, their people are told what the others were. Raises
    Refused with a sentence.
    """
    locked = held(defect, by=by)
    if locked.merged_into_id is not None:
        raise Refused("This defect was merged into another. Attach the case to that one.")
    wanted = {case.pk: case for case in cases}
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(f"Attach at most {MOST_AT_ONCE} cases at once.")
    known = set(locked.links.filter(case__in=list(wanted)).values_list("case_id", flat=True))
    added = [wanted[pk] for pk in sorted(wanted) if pk not in known]
    moment = at or timezone.now()
    entry = add_links(locked, added, by=by, at=moment)
    if entry is not None:
        planning.include(locked, added, entry=entry, at=moment)
    return added


@transaction.atomic
def detach(
    defect: Defect, case: Case, *, by: Actor, reason: str = "", at: datetime | None = None
) -> bool:
    """Say that the defect is not the cause after all; whether it was attached. Raises Refused."""
    locked = held(defect, by=by)
    if not locked.links.filter(case=case).delete()[0]:
        return False
    moment = at or timezone.now()
    _count(locked, -1, at=moment)
    planning.leave_out(locked, case)
    facts = {"reason": reason.strip()[:1000]}
    tell(kinds.DETACHED, locked, by=by, at=moment, number=case.shown_number, **facts)
    tell_case(kinds.CASE_DETACHED, case, locked, by=by, at=moment, **facts)
    return True


def add_links(defect: Defect, cases: list[Case], *, by: Actor, at: datetime) -> Entry | None:
    """Link cases to a locked defect and note it on both; the last entry, None for no case."""
    Link.objects.bulk_create(
        [
            Link(defect=defect, case=case, attached_by=by.label[:200], attached_at=at)
            for case in cases
        ]
    )
    entry = None
    for case in cases:
        entry = tell(kinds.ATTACHED, defect, by=by, at=at, number=case.shown_number, case=case.pk)
        tell_case(kinds.CASE_ATTACHED, case, defect, by=by, at=at)
    _count(defect, len(cases), at=at)
    return entry


def _count(defect: Defect, change: int, *, at: datetime) -> None:
    """Links are no part of what a version is about: two agents may attach at once."""
    if not change:
        return
    Defect.objects.filter(pk=defect.pk).update(case_count=F("case_count") + change, updated_at=at)
    defect.case_count += change
    defect.updated_at = at
