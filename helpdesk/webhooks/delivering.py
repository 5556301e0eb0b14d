"""From the rows to the endpoints: claim with a lease, post outside any transaction, mark.

A worker that dies between the answer and the mark leaves a row whose lease runs out: it is posted
once more under the same `webhook-id`, by which receivers know it again.
"""

import time
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from helpdesk.fetching.fetching import Answered, FetchRefused
from helpdesk.mail.clean_text import clean_body
from helpdesk.mail.clock import database_now
from helpdesk.people.sign_in.sealing import CannotUnseal
from helpdesk.webhooks import endpoints, retrying, world
from helpdesk.webhooks.models import Delivery, Endpoint
from helpdesk.webhooks.signing import headers_for

log = structlog.get_logger(__name__)

State = Delivery.State
POST_SECONDS = 10.0
# Longer than one exchange with an endpoint can take within its time-out.
LEASE = timedelta(minutes=1)
KEPT_FOR = timedelta(days=30)
GONE = 410


def deliver_due(*, seconds: float) -> int:
    """Post what is due, oldest first, for at most `seconds`; return how many were tried."""
    until = time.monotonic() + seconds
    count = 0
    while time.monotonic() < until and (delivery := claim_next()):
        deliver(delivery)
        count += 1
    return count


@transaction.atomic
def claim_next() -> Delivery | None:
    """Take the next delivery that is due, so that no other worker does."""
    delivery = (
        Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("endpoint")
        .filter(state__in=[State.PENDING, State.SENDING], next_attempt_at__lte=Now())
        .order_by("next_attempt_at")
        .first()
    )
    if delivery is None:
        return None
    delivery.attempts, delivery.state = delivery.attempts + 1, State.SENDING
    Delivery.objects.filter(pk=delivery.pk).update(
        attempts=delivery.attempts, state=delivery.state, next_attempt_at=Now() + LEASE
    )
    return delivery


def deliver(delivery: Delivery) -> None:
    """Post a claimed delivery and note what came of it."""
    now = database_now()
    try:
        headers = headers_for(delivery.endpoint, delivery.message_id, delivery.body, now=now)
        answer = world.fetcher().post(
            delivery.endpoint.url,
            body=delivery.body.encode(),
            headers=headers,
            timeout=POST_SECONDS,
        )
    except (FetchRefused, CannotUnseal) as error:
        _note_unreachable(delivery, str(error), now=now)
        return
    if 200 <= answer.status < 300:
        _note_delivered(delivery, answer)
    else:
        _note_refused(delivery, answer)


def forget_old() -> int:
    """Delete what is over for longer than it is kept; return how many."""
    over = Delivery.objects.filter(
        state__in=[State.DELIVERED, State.FAILED], created_at__lt=Now() - KEPT_FOR
    )
    return over.delete()[0]


@transaction.atomic
def _note_delivered(delivery: Delivery, answer: Answered) -> None:
    _mine(delivery).update(
        state=State.DELIVERED, delivered_at=Now(), last_error="", **_words_of(answer)
    )
    if delivery.endpoint.failing_since is not None:
        Endpoint.objects.filter(pk=delivery.endpoint_id).update(
            failing_since=None, paused_until=None
        )


@transaction.atomic
def _note_refused(delivery: Delivery, answer: Answered) -> None:
    """The endpoint answered with another status: this delivery waits, the others go on."""
    reason = f"The endpoint answered with status {answer.status}."
    _put_off(delivery, reason, **_words_of(answer))
    if answer.status == GONE:
        endpoints.switch_off(delivery.endpoint, reason="It answered that it is gone (410).")


@transaction.atomic
def _note_unreachable(delivery: Delivery, reason: str, *, now: datetime) -> None:
    """Nobody answered: everything for this endpoint rests, so that it holds up no other."""
    _put_off(delivery, reason, last_status=None, last_answer="")
    endpoint = Endpoint.objects.select_for_update().get(pk=delivery.endpoint_id)
    since = endpoint.failing_since or now
    if now - since > retrying.OFF_AFTER:
        endpoints.switch_off(endpoint, reason=f"Nobody answered for days. {reason}")
        return
    until = now + retrying.rest_after(now - since)
    Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=since, paused_until=until)
    Delivery.objects.filter(
        endpoint=endpoint, state=State.PENDING, next_attempt_at__lt=until
    ).update(next_attempt_at=until)


def _put_off(delivery: Delivery, reason: str, **words: object) -> None:
    pause = retrying.pause_after(delivery.attempts)
    log.warning("webhooks.not_delivered", delivery=delivery.pk, reason=reason)
    _mine(delivery).update(
        state=State.FAILED if pause is None else State.PENDING,
        next_attempt_at=Now() + (pause or timedelta()),
        last_error=reason if pause else f"Given up after {delivery.attempts} attempts. {reason}",
        **words,
    )


def _mine(delivery: Delivery) -> "QuerySet[Delivery]":
    """The row, if no other worker has taken it since."""
    return Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, attempts=delivery.attempts)


def _words_of(answer: Answered) -> dict[str, object]:
    text = clean_body(answer.content.decode("utf-8", "replace"))
    return {"last_status": answer.status, "last_answer": text[:500]}
