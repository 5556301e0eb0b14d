"""While somebody is called for a critical case: acknowledging, and what ends it."""

from datetime import datetime

from django.db import transaction

from cases import kinds as case_kinds
from cases.lifecycle import ACTIVE
from cases.models import Case, Priority
from cases.oncall import kinds
from cases.oncall.models import Page
from cases.thread.models import Message
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.journal.models import Entry
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person


def stop_if_over(entry: Entry) -> None:
    """React to an answer, a move or a lower priority: nobody is called any more."""
    page = Page.objects.filter(
        case=entry.subject_id, state__in=[Page.State.RINGING, Page.State.ACKNOWLEDGED]
    ).first()
    if page is not None:
        settle(page, at=entry.at)


def reason_to_stop(page: Page, case: Case) -> str:
    """Why nobody needs to be called any more, or nothing while somebody does."""
    if case.current_state not in ACTIVE:
        return f"the case is {case.current_state.label.lower()}."
    if case.priority != Priority.CRITICAL:
        return f"the priority is {case.get_priority_display()} now."
    answered = Message.objects.public().filter(
        case=case, is_ours=True, is_automatic=False, at__gt=page.started_at
    )
    first = answered.order_by("at").first()
    return f"{first.author_label} answered the client." if first else ""


@transaction.atomic
def settle(page: Page, *, at: datetime) -> bool:
    """End the page when there is a reason to; return whether it is over."""
    locked = Page.objects.select_for_update(of=("self",)).select_related("case").get(pk=page.pk)
    if not locked.is_running:
        return True
    reason = reason_to_stop(locked, locked.case)
    if reason:
        end(locked, Page.State.STOPPED, reason=reason, at=at)
    return bool(reason)


def end(page: Page, state: Page.State, *, reason: str, at: datetime) -> None:
    """Mark a locked page as over, and say so on the case."""
    page.state, page.end_reason, page.ended_at, page.next_at = state, reason, at, None
    page.save(update_fields=["state", "end_reason", "ended_at", "next_at"])
    if state == Page.State.EXHAUSTED:
        tell(kinds.EXHAUSTED, page.case, at=at, count=page.attempt_count)
    else:
        tell(kinds.STOPPED, page.case, at=at, reason=reason)


@transaction.atomic
def acknowledge(page: Page, *, by: Person, at: datetime) -> Page:
    """`by` takes care of it: the next in line is left alone while the client waits for them.

    Acknowledging again, or what is over, changes nothing. Nobody's answer may be long in coming:
    the sweep calls again after `minutes_to_act`.
    """
    locked = Page.objects.select_for_update(of=("self",)).select_related("case").get(pk=page.pk)
    if locked.state != Page.State.RINGING:
        return locked
    locked.state, locked.next_at = Page.State.ACKNOWLEDGED, at + locked.time_to_act
    locked.acknowledged_by, locked.acknowledged_at = by, at
    locked.save(update_fields=["state", "next_at", "acknowledged_by", "acknowledged_at"])
    tell(kinds.ACKNOWLEDGED, locked.case, by=Actor.of(by), at=at)
    return locked


def tell(kind: Kind, case: Case, *, at: datetime, by: Actor = SYSTEM, **data: object) -> None:
    """Write news of a page to the timeline of its case."""
    journal.write(
        kind,
        subject_kind=case_kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=by,
        at=at,
        data=data,
    )
