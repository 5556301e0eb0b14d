"""Reading the journal of one subject."""

from collections.abc import Collection

from django.db.models import QuerySet

from helpdesk.journal.kinds import Audience
from helpdesk.journal.models import Entry


def timeline(
    *, subject_kind: str, subject_id: int, audiences: Collection[Audience]
) -> QuerySet[Entry]:
    """What happened to a subject, oldest first, as far as these audiences may read it."""
    return Entry.objects.filter(
        subject_kind=subject_kind, subject_id=subject_id, audience__in=audiences
    ).order_by("id")
