"""The beginning of every action: the row locked, the right asked, the version compared."""

from cases.actions.refusing import Refused
from cases.defects import access
from cases.defects.actions.refusing import DefectChanged
from cases.defects.models import Defect
from helpdesk.people.actors import Actor


def held(defect: Defect, *, by: Actor, seen_version: int | None = None) -> Defect:
    """Lock the defect and return it as it is now. Raises Refused or DefectChanged."""
    if not access.is_ours(by):
        raise Refused("Only our own people change defects.")
    locked = Defect.objects.locked_one(defect.pk)
    if seen_version is not None and seen_version != locked.version:
        raise DefectChanged(seen=seen_version, current=locked.version)
    return locked


def held_two(first: Defect, second: Defect, *, by: Actor) -> tuple[Defect, Defect]:
    """Lock two defects, always in the same order, so that two mergers cannot block each other."""
    if not access.is_ours(by):
        raise Refused("Only our own people change defects.")
    rows = Defect.objects.select_for_update(of=("self",)).filter(pk__in=[first.pk, second.pk])
    by_pk = {row.pk: row for row in rows.order_by("pk")}
    return by_pk[first.pk], by_pk[second.pk]
