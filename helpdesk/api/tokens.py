"""Making, finding and ending tokens (`security.md` T46)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from helpdesk.api.models import ApiToken
from helpdesk.people.models import Person

# Scanners of source code find a lost token by its beginning.
PREFIX = "wrt_"
RANDOM_BYTES = 32
LIFETIME = timedelta(days=365)
USE_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token; `secret` is what its owner sends, and exists nowhere else."""

    token: ApiToken
    secret: str


def issue(
    person: Person, *, name: str, is_read_only: bool = False, lifetime: timedelta = LIFETIME
) -> Issued:
    """Make a token with which other software acts as `person`, for `lifetime`."""
    secret = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
    now = timezone.now()
    token = ApiToken.objects.create(
        person=person,
        name=name,
        hash=_hash(secret),
        is_read_only=is_read_only,
        created_at=now,
        expires_at=now + lifetime,
    )
    return Issued(token, secret)


def find(secret: str) -> ApiToken | None:
    """The token that `secret` is, alive or not, with its person."""
    if not secret.startswith(PREFIX):
        return None
    tokens = ApiToken.objects.select_related("person__organisation__region")
    return tokens.filter(hash=_hash(secret)).first()


def note_use(token: ApiToken, *, now: datetime) -> None:
    """Keep when the token was last used, to the minute: most requests write nothing."""
    if token.last_used_at is not None and now - token.last_used_at < USE_NOTED_EVERY:
        return
    stale = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_NOTED_EVERY)
    ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def revoke(chosen: QuerySet[ApiToken], *, at: datetime) -> int:
    """End tokens from the next request on; return how many were still in force."""
    return chosen.filter(revoked_at=None).update(revoked_at=at)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
