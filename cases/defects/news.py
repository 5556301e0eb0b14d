"""Writing what happened to a defect, and what that means for a case, into the journal."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from cases import kinds as case_kinds
from cases.defects import kinds
from cases.defects.models import Defect
from cases.models import Case
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor


def tell(kind: Kind, defect: Defect, *, by: Actor, at: datetime, **data: Any) -> Entry:
    """Note something that happened to a defect. It belongs to no organisation."""
    return journal.write(
        kind,
        subject_kind=kinds.SUBJECT,
        subject_id=defect.pk,
        organisation_id=None,
        by=by,
        at=at,
        data=data,
    )


def tell_case(
    kind: Kind, case: Case, defect: Defect, *, by: Actor, at: datetime, **data: Any
) -> Entry:
    """Note on a case what a defect means for it: nothing that is not its client's to read."""
    return journal.write(
        kind,
        subject_kind=case_kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=by,
        at=at,
        data={
            "defect": defect.shown_number,
            "defect_id": defect.pk,
            "title": defect.title,
            "version": defect.fixed_version,
            **data,
        },
    )


def webhook_facts(defect_id: int, *, is_ours: bool) -> dict[str, str | int] | None:
    """What a webhook says of a defect, to our own endpoints; clients hear of it on their cases."""
    if not is_ours:
        return None
    defect = Defect.objects.get(pk=defect_id)
    return {
        "number": defect.shown_number,
        "title": defect.title,
        "severity": defect.severity,
        "state": defect.state,
        "url": settings.SITE_URL + reverse("defects:defect", args=[defect.number]),
    }
