"""What a case that becomes part of another takes along of its defects."""

from datetime import datetime

from cases.defects import kinds
from cases.defects.actions.attaching import detach
from cases.defects.actions.holding import held
from cases.defects.campaigns.models import AskedCase, Recipient
from cases.defects.models import Defect
from cases.defects.news import tell_case
from cases.models import Case
from helpdesk.people.actors import Actor


def take_along(source: Case, kept: Case, by: Actor, at: datetime) -> None:
    """Its defects, and what was asked of its people about them, are those of the kept case.

    Nobody is told again of a fix that they heard of. Raises Refused.
    """
    for defect in Defect.objects.filter(links__case=source).order_by("pk"):
        locked = held(defect, by=by)
        if locked.links.filter(case=kept).exists():
            detach(locked, source, by=by, reason=f"Merged into {kept.shown_number}.", at=at)
            continue
        locked.links.filter(case=source).update(case=kept)
        _hand_over_questions(locked, source, kept)
        tell_case(kinds.CASE_ATTACHED, kept, locked, by=by, at=at)


def _hand_over_questions(defect: Defect, source: Case, kept: Case) -> None:
    asked = AskedCase.objects.filter(campaign__defect=defect)
    there = asked.filter(case=kept).values("campaign")
    asked.filter(case=source).exclude(campaign__in=there).update(case=kept)
    told = Recipient.objects.filter(campaign__defect=defect, case_ids__contains=[source.pk])
    for recipient in told.select_for_update().order_by("pk"):
        others = [pk for pk in recipient.case_ids if pk not in {source.pk, kept.pk}]
        recipient.case_ids = [*others, kept.pk]
        recipient.save(update_fields=["case_ids"])
