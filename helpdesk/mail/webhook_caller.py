"""Who may post a mail to the raw webhook: a bearer token, or a signature over the bytes.

Signatures follow Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, so that ready-made
libraries can make them.
"""

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Iterable, Mapping
from typing import Protocol

from django.conf import settings
from django.utils.crypto import constant_time_compare

TOLERANCE_SECONDS = 300


class NotAllowed(Exception):
    """The caller may not post; says in a sentence what is wrong."""


class Proof(Protocol):
    """Something that is convinced, or not, once it has seen the whole body."""

    def see(self, part: bytes) -> None: ...

    def is_good(self) -> bool: ...


def proof_offered(headers: Mapping[str, str]) -> Proof:
    """Return the proof that these headers offer, to be shown the body.

    Raises NotAllowed for a wrong token, a request without proof, or one that is out of date.
    """
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        if not _is_secret(token.strip()):
            raise NotAllowed("The bearer token is not one of this desk.")
        return _Token()
    message_id = headers.get("webhook-id", "")
    signature = headers.get("webhook-signature", "")
    if not message_id or not signature:
        raise NotAllowed(
            "Send “Authorization: Bearer …”, or the headers webhook-id, webhook-timestamp and "
            "webhook-signature."
        )
    timestamp = headers.get("webhook-timestamp", "")
    if not _is_fresh(timestamp):
        raise NotAllowed(
            "webhook-timestamp must be the time of sending in seconds since 1970, at most five "
            "minutes off."
        )
    return _Signature(f"{message_id}.{timestamp}.".encode(), signature.split())


class _Token:
    """A token proves itself; the body does not matter."""

    def see(self, part: bytes) -> None:
        return

    def is_good(self) -> bool:
        return True


class _Signature:
    """One running HMAC for each secret: a large body is seen once and never kept."""

    def __init__(self, start: bytes, offered: Iterable[str]) -> None:
        secrets = settings.MAIL_INBOUND_SECRETS
        self._running = [hmac.new(_key(one), start, hashlib.sha256) for one in secrets]
        self._offered = list(offered)

    def see(self, part: bytes) -> None:
        for one in self._running:
            one.update(part)

    def is_good(self) -> bool:
        good = [f"v1,{base64.b64encode(one.digest()).decode()}" for one in self._running]
        matches = [constant_time_compare(a, b) for a in good for b in self._offered]
        return any(matches)


def _is_secret(token: str) -> bool:
    matches = [constant_time_compare(token, one) for one in settings.MAIL_INBOUND_SECRETS if one]
    return any(matches)


def _is_fresh(timestamp: str) -> bool:
    is_number = timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12
    return is_number and abs(time.time() - int(timestamp)) <= TOLERANCE_SECONDS


def _key(secret: str) -> bytes:
    """The key of a secret: those of Standard Webhooks are base64 behind `whsec_`."""
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_") + "==")
        except binascii.Error:
            return secret.encode()
    return secret.encode()
