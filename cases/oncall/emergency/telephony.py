"""What a telephone system tells us: stored as it came, answered, and only then read.

Signatures follow Standard Webhooks. Its time tolerance keeps out old messages, the unique id those
that are sent twice: both make one case.
"""

import json
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from standardwebhooks import Webhook, WebhookVerificationError

from cases.models import Characteristic
from cases.oncall.emergency.opening import Report, open_from_call
from cases.oncall.models import EmergencyCall
from helpdesk.mail.clean_text import clean_body, clean_line
from helpdesk.people.actors import Actor

log = structlog.get_logger(__name__)

MOST_BYTES = 64 * 1024
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)
LINE = Actor(None, "Emergency line")
_MOST_CHARACTERS = 20_000


def is_signed(body: bytes, headers: dict[str, str]) -> bool:
    """Whether one of the secrets in the settings signed `body`, and lately."""
    return any(_verifies(secret, body, headers) for secret in settings.TELEPHONY_SECRETS)


def store(body: bytes, *, message_id: str) -> EmergencyCall:
    """Keep what came, once for each `message_id`, as part of the caller's transaction."""
    row = EmergencyCall(message_id=message_id, body=clean_body(body.decode("utf-8", "replace")))
    EmergencyCall.objects.bulk_create([row], ignore_conflicts=True)
    return EmergencyCall.objects.get(message_id=message_id)


def process_due(*, now: datetime) -> int:
    """Make cases of the calls that wait, the oldest first; return how many were tried."""
    waiting = EmergencyCall.objects.filter(
        state=EmergencyCall.State.PENDING, next_attempt_at__lte=now
    ).order_by("next_attempt_at")
    found = list(waiting.values_list("pk", flat=True)[:200])
    for pk in found:
        try:
            _process(pk)
        except Exception as error:
            log.exception("oncall.call_failed", call=pk)
            _put_off(pk, error, now=now)
    return len(found)


def read(body: str) -> Report:
    """What a telephone system told. What cannot be read is still an emergency: its words stay."""
    try:
        told = json.loads(body)["data"]
        return _report(told)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Report(
            subject="Emergency call that could not be read",
            what_happened=f"The telephone system sent this:\n\n{body[:_MOST_CHARACTERS]}",
        )


@transaction.atomic
def _process(pk: int) -> None:
    call = (
        EmergencyCall.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=pk, state=EmergencyCall.State.PENDING)
        .first()
    )
    if call is not None:
        open_from_call(read(call.body), call=call, by=LINE, at=call.received_at)


def _report(told: dict[str, Any]) -> Report:
    number = _line(told.get("from"), 40)
    name = _line(told.get("caller_name"), 200)
    characteristics = told.get("characteristics") or []
    return Report(
        subject=f"Emergency call from {name or number or 'an unknown number'}",
        what_happened=clean_body(str(told.get("text") or ""))[:_MOST_CHARACTERS],
        characteristics=tuple(one for one in Characteristic.values if one in characteristics),
        caller_name=name,
        callback_number=number,
    )


def _line(value: object, limit: int) -> str:
    return clean_line(str(value or ""), limit=limit)


def _verifies(secret: str, body: bytes, headers: dict[str, str]) -> bool:
    try:
        Webhook(secret).verify(body, headers, json_parse=False)
    except (WebhookVerificationError, ValueError):
        # The library lets through what its decoding of a malformed signature raises.
        return False
    return True


@transaction.atomic
def _put_off(pk: int, error: Exception, *, now: datetime) -> None:
    """Wait half a minute, a minute, two ... and give up, visibly."""
    call = EmergencyCall.objects.select_for_update(of=("self",)).get(pk=pk)
    if call.state != EmergencyCall.State.PENDING:
        return
    call.attempts += 1
    call.last_error = f"{type(error).__name__}: {error}"[:2000]
    call.next_attempt_at = now + FIRST_PAUSE * 2 ** (call.attempts - 1)
    if call.attempts >= MOST_ATTEMPTS:
        call.state, call.next_attempt_at = EmergencyCall.State.FAILED, None
    call.save(update_fields=["attempts", "last_error", "next_attempt_at", "state"])
