"""The same `Idempotency-Key` twice is one request: software may send again after a lost answer."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from helpdesk.api.errors import Problem
from helpdesk.api.models import UsedKey
from helpdesk.people.models import Person

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(days=7)
_SHAPE = re.compile(r"[\x21-\x7e]{1,128}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The id of what the request made, and whether it was made just now."""

    result_id: int
    is_new: bool


@transaction.atomic
def once(request: Request, *, by: Person, act: Callable[[], int]) -> Outcome:
    """Carry out `act`, unless this person's key says that it was done before.

    `act` returns the id of what it made, in the same transaction as the key: a request that
    fails leaves no key, and of two at once the second waits for the first. Raises Problem when
    the key came with another request before.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return Outcome(act(), is_new=True)
    if not _SHAPE.fullmatch(key):
        raise serializers.ValidationError(
            {HEADER: ["Use 1 to 128 letters, digits and signs, without spaces."]}
        )
    fingerprint = _fingerprint(request.method or "", request.path, request.data)
    used, is_new = UsedKey.objects.get_or_create(
        person=by, key=key, defaults={"fingerprint": fingerprint, "used_at": timezone.now()}
    )
    if is_new:
        used.result_id = act()
        used.save(update_fields=["result_id"])
    elif used.fingerprint != fingerprint:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "This Idempotency-Key came with another request before. Make a new key.",
        )
    return Outcome(int(used.result_id or 0), is_new)


def forget_old_keys() -> None:
    """Delete keys that nobody sends again."""
    UsedKey.objects.filter(used_at__lt=timezone.now() - KEPT_FOR).delete()


def _fingerprint(method: str, path: str, body: Any) -> str:
    said = json.dumps([method, path, body], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
