"""The sweep that sends: campaigns whose time has come, then their cases, then their mails.

Each row is claimed with SKIP LOCKED and settled in the transaction that queues its mail, so any
number of workers sends everything once. A row that fails waits five minutes; the others go on.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from cases.actions import moving
from cases.closing.counting import after_business_days
from cases.correspondence import case_token, from_name
from cases.defects import kinds
from cases.defects.campaigns import deadlines, wording
from cases.defects.campaigns.models import AskedCase, Campaign, Occasion, Recipient
from cases.defects.models import Defect
from cases.defects.news import tell_case
from cases.lifecycle import Move, MoveRefused
from cases.models import Case
from cases.sla.words import date_words
from helpdesk.mail.addresses import BadAddress
from helpdesk.mail.models import OutboundMail
from helpdesk.mail.outbox import Automatic, Mailbox, Priority, queue
from helpdesk.mail.rendering import RenderedMail
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.zones import zone_of

log = structlog.get_logger(__name__)

BATCH = 50
MOST_BATCHES = 200
PUT_OFF = timedelta(minutes=5)
NOBODY_LEFT = "They no longer take part in these cases."


def sweep(*, now: datetime) -> int:
    """Start, tell and send whatever is due at `now`; return how many rows were settled."""
    settled = _start_due(now=now)
    for claim, settle in ((_due_cases, _tell_case), (_due_recipients, _send)):
        for _ in range(MOST_BATCHES):
            done = settle_batch(claim, settle, now=now)
            settled += done
            if not done:
                break
    _finish(now=now)
    return settled


def begin(campaign: Campaign, *, by: Actor, now: datetime) -> None:
    """Let a locked campaign that waits go out: from here on its words are frozen."""
    campaign.state = Campaign.State.SENDING
    campaign.started_at = now
    campaign.started_by = by.label[:200]
    campaign.save(update_fields=["state", "started_at", "started_by"])
    campaign.recipients.update(due_at=now)
    campaign.asked_cases.update(due_at=now)


def settle_batch(
    claim: "Callable[[datetime], QuerySet[Any]]",
    settle: Callable[..., None],
    *,
    now: datetime,
) -> int:
    """Claim some due rows and settle each on its own; one that fails is put off."""
    with transaction.atomic():
        rows = list(claim(now).select_for_update(of=("self",), skip_locked=True)[:BATCH])
        for row in rows:
            _settle_or_put_off(row, settle, now=now)
    return len(rows)


def _settle_or_put_off(row: Any, settle: Callable[..., None], *, now: datetime) -> None:
    column = "due_at" if row.due_at is not None else "next_action_at"
    try:
        with transaction.atomic():
            settle(row, now=now)
    except Exception as error:
        log.exception("defects.row_put_off", table=row._meta.db_table, row=row.pk)
        type(row)._default_manager.filter(pk=row.pk).update(
            **{column: now + PUT_OFF, "sweep_error": f"{type(error).__name__}: {error}"[:2000]}
        )


@transaction.atomic
def _start_due(*, now: datetime) -> int:
    waiting = Campaign.objects.filter(state=Campaign.State.WAITING, send_at__lte=now)
    due = list(waiting.select_for_update(skip_locked=True).order_by("send_at")[:BATCH])
    for campaign in due:
        begin(campaign, by=SYSTEM, now=now)
    return len(due)


def _due_cases(now: datetime) -> "QuerySet[AskedCase]":
    return (
        AskedCase.objects.filter(due_at__lte=now)
        .select_related("campaign__defect", "case")
        .order_by("due_at", "id")
    )


def _due_recipients(now: datetime) -> "QuerySet[Recipient]":
    return (
        Recipient.objects.filter(due_at__lte=now)
        .select_related("campaign__defect", "person__organisation")
        .order_by("due_at", "id")
    )


def _tell_case(asked: AskedCase, *, now: datetime) -> None:
    """Note the news on the case; when the fix is out, ask, and wait for the client."""
    campaign, case = asked.campaign, asked.case
    is_released = campaign.occasion == Occasion.RELEASED
    kind = kinds.CASE_RELEASED if is_released else kinds.CASE_SCHEDULED
    tell_case(kind, case, campaign.defect, by=SYSTEM, at=now, version=campaign.named_version)
    asked.told_at, asked.due_at = now, None
    if is_released:
        _ask(asked, now=now)
    asked.save()


def _ask(asked: AskedCase, *, now: datetime) -> None:
    case, start = asked.case, asked.campaign.started_at or now
    asked.is_asked, asked.asked_at = True, now
    if has_another_open_defect(case, asked.campaign.defect):
        return
    days = deadlines.terms_of(case.organisation_id).answer_days
    asked.closes_at = after_business_days(case, start, days)
    asked.next_action_at = asked.closes_at
    # It waits for them now, unless it waits for us: an unanswered message comes first.
    try:
        moving.move(case, Move.WAIT_FOR_CLIENT, by=SYSTEM, at=now)
    except MoveRefused:
        log.info("defects.case_stays", case=case.pk, state=case.state)


def has_another_open_defect(case: Case, defect: Defect) -> bool:
    """Whether something else is still to be fixed before the case can end."""
    return Defect.objects.open().of_case(case).exclude(pk=defect.pk).exists()


def _send(recipient: Recipient, *, now: datetime) -> None:
    if recipient.step == Recipient.Step.NOTICE:
        _send_notice(recipient, now=now)
    else:
        _send_news(recipient, now=now)
    recipient.save()


def _send_news(recipient: Recipient, *, now: datetime) -> None:
    campaign = recipient.campaign
    cases = _still_theirs(recipient)
    if not cases:
        _skip(recipient, NOBODY_LEFT)
        return
    mail = wording.news_mail(campaign, recipient, cases)
    key = f"campaign:{campaign.pk}:{recipient.person_id}"
    try:
        recipient.mail = _queue(recipient, cases, mail, kind=wording.kind_of(campaign), key=key)
    except BadAddress as error:
        _skip(recipient, str(error))
        return
    recipient.step, recipient.due_at = Recipient.Step.DONE, None
    if campaign.occasion == Occasion.RELEASED:
        recipient.step = Recipient.Step.NOTICE
        recipient.due_at = _notice_at(cases[0], start=campaign.started_at or now)


def _send_notice(recipient: Recipient, *, now: datetime) -> None:
    """Tell them which of their cases close unless they answer; nothing when none does."""
    asked = AskedCase.objects.filter(
        campaign=recipient.campaign,
        case__in=recipient.case_ids,
        outcome="",
        next_action_at__isnull=False,
    )
    closing = {one.case_id: one for one in asked}
    cases = [case for case in _still_theirs(recipient) if case.pk in closing]
    recipient.step, recipient.due_at = Recipient.Step.DONE, None
    recipient.notified_at = now
    if not cases:
        return
    closes_at = max(one.closes_at or now for one in closing.values())
    closes = date_words(closes_at, zone=zone_of(recipient.person))
    mail = wording.notice_mail(recipient.campaign, recipient, cases, closes=closes)
    key = f"campaign:{recipient.campaign_id}:{recipient.person_id}"
    _queue(recipient, cases, mail, kind=wording.NOTICE, key=key)


def _notice_at(case: Case, *, start: datetime) -> datetime:
    terms = deadlines.terms_of(case.organisation_id)
    return after_business_days(case, start, terms.answer_days - terms.notice_days)


def _still_theirs(recipient: Recipient) -> list[Case]:
    """The frozen cases, without those that they may no longer see: nobody hears of those."""
    visible = Case.objects.visible_to(recipient.person)
    return list(visible.filter(pk__in=recipient.case_ids).order_by("pk"))


def _skip(recipient: Recipient, because: str) -> None:
    recipient.skipped_because = because[:200]
    recipient.step, recipient.due_at = Recipient.Step.DONE, None


def _queue(
    recipient: Recipient, cases: list[Case], mail: RenderedMail, *, kind: str, key: str
) -> OutboundMail:
    return queue(
        Mailbox(recipient.address, recipient.name),
        kind=kind,
        key=key,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        from_name=from_name(),
        thread=case_token(cases[0]),
        automatic=Automatic.GENERATED,
        priority=Priority.NOTICE,
        language=recipient.language,
        subject_kind="campaign",
        subject_id=recipient.campaign_id,
    )


def _finish(*, now: datetime) -> None:
    """Campaigns of which nothing waits any more are sent; the notices come later."""
    sending = Campaign.objects.filter(state=Campaign.State.SENDING).exclude(
        Q(pk__in=Recipient.objects.filter(step="news", due_at__isnull=False).values("campaign"))
        | Q(pk__in=AskedCase.objects.filter(due_at__isnull=False).values("campaign"))
    )
    sending.update(state=Campaign.State.SENT, finished_at=now)
