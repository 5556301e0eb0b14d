"""Signatures after Standard Webhooks, with the secret of each endpoint."""

import base64
import secrets
from datetime import datetime

from standardwebhooks import Webhook

from helpdesk.people.sign_in.sealing import unseal
from helpdesk.webhooks.models import Endpoint

SECRET_BYTES = 32


def new_secret() -> str:
    """Return a fresh secret as receivers enter it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def headers_for(endpoint: Endpoint, message_id: str, body: str, *, now: datetime) -> dict[str, str]:
    """Return the headers that prove who sent `body`, and when.

    While a secret is being changed it is signed with both. Raises CannotUnseal.
    """
    signatures = [
        Webhook(unseal(sealed)).sign(message_id, now, body)
        for sealed in _sealed_secrets(endpoint, now=now)
    ]
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _sealed_secrets(endpoint: Endpoint, *, now: datetime) -> list[str]:
    until = endpoint.previous_until
    if endpoint.sealed_previous and until is not None and now < until:
        return [endpoint.sealed_secret, endpoint.sealed_previous]
    return [endpoint.sealed_secret]
