"""From the rows to the push services: claim with a lease, post outside any transaction, mark."""

import json
import time
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models.functions import Now
from pywebpush import WebPusher

from helpdesk.fetching.fetching import FetchRefused
from helpdesk.notifications import vapid
from helpdesk.notifications.models import PushMessage, PushSubscription
from helpdesk.webhooks import world

log = structlog.get_logger(__name__)

State = PushMessage.State
POST_SECONDS = 10.0
LEASE = timedelta(minutes=1)
# A call in the night is of no use hours later: the push service drops it then, and so do we.
LIVES = timedelta(hours=1)
PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
KEPT_FOR = timedelta(days=30)
GONE = frozenset({404, 410})


def deliver_due(*, seconds: float) -> int:
    """Send what is due, oldest first, for at most `seconds`; return how many were tried."""
    until = time.monotonic() + seconds
    count = 0
    while time.monotonic() < until and (message := claim_next()):
        deliver(message)
        count += 1
    return count


@transaction.atomic
def claim_next() -> PushMessage | None:
    """Take the next message that is due, so that no other worker does."""
    message = (
        PushMessage.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(state__in=[State.PENDING, State.SENDING], next_attempt_at__lte=Now())
        .order_by("next_attempt_at")
        .first()
    )
    if message is None:
        return None
    message.attempts, message.state = message.attempts + 1, State.SENDING
    PushMessage.objects.filter(pk=message.pk).update(
        attempts=message.attempts, state=message.state, next_attempt_at=Now() + LEASE
    )
    return message


def deliver(message: PushMessage) -> None:
    """Send a claimed message and note what came of it. A device that is gone is forgotten."""
    device = PushSubscription.objects.filter(messages=message).first()
    if device is None:
        _mark(message, State.FAILED, "The device is gone.")
        return
    try:
        status = _post(message, device)
    except FetchRefused as refusal:
        _put_off(message, str(refusal))
        return
    if 200 <= status < 300:
        _mark(message, State.ACCEPTED, "")
    elif status in GONE:
        _mark(message, State.FAILED, "The device does not want to be told any more.")
        device.delete()
    else:
        _put_off(message, f"The push service answered with status {status}.")


def forget_old() -> int:
    """Delete what is over for longer than it is kept; return how many."""
    return PushMessage.objects.filter(created_at__lt=Now() - KEPT_FOR).delete()[0]


def _post(message: PushMessage, device: PushSubscription) -> int:
    words = {"title": message.title, "body": message.text, "url": message.url, "tag": message.key}
    keys = {"p256dh": device.p256dh, "auth": device.auth}
    pusher = WebPusher({"endpoint": device.endpoint, "keys": keys})
    headers = {
        "Authorization": vapid.authorization(device.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(LIVES.total_seconds())),
        "Urgency": "high",
    }
    body = pusher.encode(json.dumps(words).encode())["body"]
    return (
        world.fetcher()
        .post(device.endpoint, body=body, headers=headers, timeout=POST_SECONDS)
        .status
    )


def _put_off(message: PushMessage, reason: str) -> None:
    log.warning("notifications.not_pushed", message=message.pk, reason=reason)
    if message.attempts > len(PAUSES):
        _mark(message, State.FAILED, f"Given up after {message.attempts} attempts. {reason}")
    else:
        _mark(message, State.PENDING, reason, pause=PAUSES[message.attempts - 1])


def _mark(
    message: PushMessage, state: PushMessage.State, reason: str, *, pause: timedelta = timedelta()
) -> None:
    """Write what came of it, if no other worker has taken it since."""
    PushMessage.objects.filter(
        pk=message.pk, state=State.SENDING, attempts=message.attempts
    ).update(state=state, last_error=reason, next_attempt_at=Now() + pause)
