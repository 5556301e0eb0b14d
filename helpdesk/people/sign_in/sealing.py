"""Secrets at rest: what the desk must read again is kept encrypted, not hashed.

The key comes from SECRET_KEY; keys in SECRET_KEY_FALLBACKS still open what they sealed.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotUnseal(Exception):
    """The secret was sealed with a key that the settings no longer name."""


def seal(secret: str) -> str:
    """Return `secret` encrypted with the current key."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed. Raises CannotUnseal."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotUnseal("No key in the settings opens this secret.") from error


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    digest = hashlib.sha256(b"helpdesk.people.sealing:" + key.encode()).digest()
    return base64.urlsafe_b64encode(digest)
