"""Two defects that are one: the cases and followers of the one go over to the other."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.actions.refusing import Refused
from cases.defects import kinds
from cases.defects.actions import attaching, moving
from cases.defects.actions.holding import held_two
from cases.defects.actions.refusing import DefectChanged
from cases.defects.campaigns import planning
from cases.defects.lifecycle import Move
from cases.defects.models import Defect, Follower
from cases.defects.news import tell
from cases.models import Case
from helpdesk.people.actors import Actor


@transaction.atomic
def merge(
    defect: Defect,
    *,
    into: Defect,
    by: Actor,
    seen_version: int | None = None,
    at: datetime | None = None,
) -> Defect:
    """End `defect` as a duplicate of `into` and return that one with all cases.

    Raises DefectChanged, Refused, or MoveRefused with a sentence.
    """
    if defect.pk == into.pk:
        raise Refused("A defect cannot be merged into itself.")
    ended, kept = held_two(defect, into, by=by)
    if seen_version is not None and seen_version != ended.version:
        raise DefectChanged(seen=seen_version, current=ended.version)
    if kept.merged_into_id is not None:
        raise Refused("That defect was itself merged into another. Choose the other one.")
    moment = at or timezone.now()
    ended.merged_into = kept
    moving.move_held(ended, Move.MERGE, by=by, at=moment)
    moved = list(Case.objects.filter(defect_links__defect=ended).order_by("pk"))
    ended.links.all().delete()
    ended.case_count = 0
    ended.save(update_fields=[*moving.ROW, "merged_into", "case_count"])
    _bring_followers(ended, kept)
    tell(kinds.TOOK_IN, kept, by=by, at=moment, other=ended.shown_number)
    known = set(kept.links.values_list("case_id", flat=True))
    added = [case for case in moved if case.pk not in known]
    entry = attaching.add_links(kept, added, by=by, at=moment)
    if entry is not None:
        planning.include(kept, added, entry=entry, at=moment)
    return kept


def _bring_followers(ended: Defect, kept: Defect) -> None:
    people = ended.followers.values_list("person_id", flat=True)
    Follower.objects.bulk_create(
        [Follower(defect=kept, person_id=pk) for pk in people], ignore_conflicts=True
    )
    ended.followers.all().delete()
