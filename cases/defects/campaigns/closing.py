"""No answer: the case closes when its time is over, and never without a notice before."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from cases.actions import moving
from cases.closing.counting import after_business_days
from cases.defects.campaigns import deadlines, sending
from cases.defects.campaigns.models import AskedCase, Recipient
from cases.lifecycle import ACTIVE, Move, State
from helpdesk.people.actors import SYSTEM

LOOK_AGAIN = timedelta(minutes=15)
WHY = "The fix is out, and nobody said that it does not help."


def sweep(*, now: datetime) -> int:
    """Close what nobody answered for until now; return how many cases were looked at."""
    looked_at = 0
    for _ in range(sending.MOST_BATCHES):
        done = sending.settle_batch(_due, _close, now=now)
        looked_at += done
        if not done:
            break
    return looked_at


def _due(now: datetime) -> "QuerySet[AskedCase]":
    return (
        AskedCase.objects.filter(next_action_at__lte=now)
        .select_related("campaign__defect", "case")
        .order_by("next_action_at", "id")
    )


def _close(asked: AskedCase, *, now: datetime) -> None:
    later = _not_before(asked, now=now)
    if later is not None:
        asked.next_action_at = asked.closes_at = later
    else:
        asked.next_action_at = None
        asked.outcome = _end(asked, now=now)
    asked.save(update_fields=["next_action_at", "closes_at", "outcome"])


def _not_before(asked: AskedCase, *, now: datetime) -> datetime | None:
    """When it may close, if not now: the calendar moved, or the notice went out late or not yet."""
    case = asked.case
    terms = deadlines.terms_of(case.organisation_id)
    start = asked.campaign.started_at or asked.asked_at or now
    earliest = [after_business_days(case, start, terms.answer_days)]
    told = Recipient.objects.filter(
        campaign=asked.campaign_id, case_ids__contains=[asked.case_id], skipped_because=""
    )
    for step, notified_at in told.values_list("step", "notified_at"):
        if step != Recipient.Step.DONE:
            earliest.append(now + LOOK_AGAIN)
        elif notified_at is not None:
            earliest.append(after_business_days(case, notified_at, terms.notice_days))
    return max(earliest) if max(earliest) > now else None


def _end(asked: AskedCase, *, now: datetime) -> AskedCase.Outcome:
    case = asked.case
    since = asked.asked_at or now
    if case.messages.public().filter(is_ours=False, is_automatic=False, at__gt=since).exists():
        return AskedCase.Outcome.WROTE
    if sending.has_another_open_defect(case, asked.campaign.defect) or not _somebody_told(asked):
        return AskedCase.Outcome.KEPT
    if case.current_state in ACTIVE | {State.RESOLVED}:
        moving.move(case, Move.CLOSE, by=SYSTEM, reason=WHY, at=now)
    return AskedCase.Outcome.SILENT


def _somebody_told(asked: AskedCase) -> bool:
    """Silence of people who were never reached says nothing."""
    reached = Recipient.objects.filter(
        campaign=asked.campaign_id, case_ids__contains=[asked.case_id], mail__isnull=False
    )
    return reached.exclude(mail__state__in=["bounced", "failed", "suppressed"]).exists()
