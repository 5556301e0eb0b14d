"""DKIM signatures for desks whose mail server does not sign."""

from functools import cache
from pathlib import Path

import dkim
from django.conf import settings

SIGNED_HEADERS = [
    b"From",
    b"To",
    b"Cc",
    b"Subject",
    b"Date",
    b"Message-ID",
    b"Reply-To",
    b"In-Reply-To",
    b"References",
    b"MIME-Version",
    b"Content-Type",
    b"Auto-Submitted",
    # Who unsubscribes with one click trusts these only when they are signed (RFC 8058, 4).
    b"List-Unsubscribe",
    b"List-Unsubscribe-Post",
]


def signed(message: bytes) -> bytes:
    """Return `message` with our DKIM-Signature on top, or unchanged when no key is configured."""
    if not settings.MAIL_DKIM_KEY_FILE:
        return message
    signature: bytes = dkim.sign(
        message,
        settings.MAIL_DKIM_SELECTOR.encode(),
        settings.MAIL_SUPPORT_ADDRESS.rpartition("@")[2].encode(),
        _key(settings.MAIL_DKIM_KEY_FILE),
        include_headers=SIGNED_HEADERS,
    )
    return signature + message


@cache
def _key(path: str) -> bytes:
    return Path(path).read_bytes()
