"""The sweep: whoever is next is called, exactly once, by any number of workers.

A page is locked, looked at again, and its attempt written together with everything that leaves
(outbox, deliveries) in one transaction. The next call is counted from now, so that an outage of
hours is followed by one call and not by all those that were missed.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from cases.models import Case
from cases.oncall import channels, kinds, links, paging
from cases.oncall.channels.calling import Call
from cases.oncall.models import Attempt, Page, Sending
from cases.oncall.rota import LEADS, InLine, line_at, rota_in_use

log = structlog.get_logger(__name__)

MOST_A_SWEEP = 500
PUT_OFF = timedelta(minutes=1)


def ring_due(*, now: datetime) -> int:
    """Attend to every page that is due at `now`, the longest due first; return how many."""
    due = Page.objects.filter(next_at__lte=now).order_by("next_at")
    found = list(due.values_list("pk", flat=True)[:MOST_A_SWEEP])
    for pk in found:
        try:
            _attend(pk, now=now)
        except Exception as error:
            log.exception("oncall.page_failed", page=pk)
            _put_off(pk, error, now=now)
    return len(found)


@transaction.atomic
def _attend(pk: int, *, now: datetime) -> None:
    page = Page.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if page is None or page.next_at is None or page.next_at > now:
        return
    case = Case.objects.for_rows().get(pk=page.case_id)
    reason = paging.reason_to_stop(page, case)
    if reason:
        paging.end(page, Page.State.STOPPED, reason=reason, at=now)
        return
    if page.state == Page.State.ACKNOWLEDGED:
        paging.tell(kinds.LAPSED, case, at=now, minutes=page.minutes_to_act)
        page.state, page.acknowledged_by, page.acknowledged_at = Page.State.RINGING, None, None
    if page.attempt_count >= page.most_attempts:
        paging.end(page, Page.State.EXHAUSTED, reason="Nobody acknowledged.", at=now)
        return
    _call_next(page, case, now=now)


def _call_next(page: Page, case: Case, *, now: datetime) -> None:
    line = line_at(rota_in_use(), at=now)
    if line:
        in_turn = line if line[0].layer == LEADS else [line[page.attempt_count % len(line)]]
        for one in in_turn:
            page.attempt_count += 1
            _call(page, case, one, now=now)
        whom = "every lead" if line[0].layer == LEADS else f"the engineer on call ({one.layer})"
        paging.tell(kinds.CALLED, case, at=now, whom=whom)
    page.next_at = now + page.time_to_answer
    page.last_error = "" if line else "Nobody is on call, and the desk has no lead."
    page.save()


def _call(page: Page, case: Case, one: InLine, *, now: datetime) -> None:
    attempt = Attempt.objects.create(
        page=page,
        number=page.attempt_count,
        layer_name=one.layer,
        person=one.person,
        person_label=one.person.name,
        at=now,
    )
    call = Call(attempt, one.person, case, links.acknowledge_url(attempt), now)
    sendings = [sending for reach in channels.EVERY for sending in reach(call)]
    for sending in sendings:
        sending.attempt = attempt
    Sending.objects.bulk_create(sendings)


def _put_off(pk: int, error: Exception, *, now: datetime) -> None:
    """A poisonous page waits a minute, so that the others are called."""
    Page.objects.filter(pk=pk, next_at__lte=now).update(
        next_at=now + PUT_OFF, last_error=f"{type(error).__name__}: {error}"[:2000]
    )
