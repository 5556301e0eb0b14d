"""Beginning to call somebody for a critical case."""

from datetime import datetime

from django.db import transaction

from cases.lifecycle import ACTIVE
from cases.models import Case, Priority
from cases.oncall.models import Page
from cases.oncall.rota import rota_in_use
from cases.oncall.tasks import ring_due
from helpdesk.journal.models import Entry
from helpdesk.mail.waking import wake

# Where no rota is in use the leads are called, as often as these say.
MINUTES_TO_ANSWER, MINUTES_TO_ACT, ATTEMPTS = 5, 30, 12


def page_if_critical(entry: Entry) -> None:
    """React to a case that was opened or given another priority: call, when it is critical.

    Not for what we opened ourselves: then somebody of ours is at it already.
    """
    if entry.data.get("is_ours") or entry.data.get("is_automatic"):
        return
    case = Case.objects.get(pk=entry.subject_id)
    if case.priority == Priority.CRITICAL and case.current_state in ACTIVE:
        begin(case, at=entry.at)


@transaction.atomic
def begin(case: Case, *, at: datetime) -> Page:
    """Start calling for `case`; while a page of it runs, that one goes on.

    The first call is made by the sweep, at once.
    """
    running = Page.objects.filter(
        case=case, state__in=[Page.State.RINGING, Page.State.ACKNOWLEDGED]
    )
    page = running.first()
    if page is not None:
        return page
    rota = rota_in_use()
    line = max(rota.layers.count(), 1) if rota else 1
    fresh = Page(
        case=case,
        started_at=at,
        next_at=at,
        minutes_to_answer=rota.minutes_to_answer if rota else MINUTES_TO_ANSWER,
        minutes_to_act=rota.minutes_to_act if rota else MINUTES_TO_ACT,
        most_attempts=rota.rounds * line if rota else ATTEMPTS,
    )
    Page.objects.bulk_create([fresh], ignore_conflicts=True)
    wake(ring_due)
    return running.get()
