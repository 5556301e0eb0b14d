"""Marks that only this desk can make: reply addresses, Message-IDs, the sign of the instance.

Each purpose has a key of its own, derived from SECRET_KEY; those of SECRET_KEY_FALLBACKS are still
read, so that keys can be changed while replies are under way. The first two characters of a
signature name its key. Everything is in lower case, because mail servers fold it.
"""

import base64
import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SUBJECT = re.compile(r"[a-z0-9][a-z0-9-]{0,23}")
_SIGNED = r"([a-z0-9-]{1,24})\.([a-z2-7]{28})"
_REPLY_ADDRESS = re.compile(rf"[^@+\s]+\+{_SIGNED}@[^@\s]+")
_OWN_MESSAGE_ID = re.compile(r"([a-z0-9-]{1,24})\.([a-z2-7]{26})\.([a-z2-7]{28})@[^@\s]+")
# RFC 5321 4.5.3.1.1
LONGEST_LOCAL_PART = 64


def reply_address(subject: str) -> str:
    """Return the address whose replies belong to `subject`, such as `c123`.

    Raises ValueError when `subject` is not 1 to 24 of a-z, 0-9 and hyphen, or does not fit.
    """
    _check(subject)
    box, _, domain = settings.MAIL_SUPPORT_ADDRESS.rpartition("@")
    local = f"{box}+{subject}.{_signature('reply-address', subject, settings.SECRET_KEY)}"
    if len(local) > LONGEST_LOCAL_PART:
        raise ValueError(f"{local} is longer than a local part may be.")
    return f"{local}@{domain}"


def read_reply_address(address: str) -> str | None:
    """Return the subject of a reply address that this desk made, None for any other."""
    match = _REPLY_ADDRESS.fullmatch(address.strip().lower())
    if match is None or not _is_signed("reply-address", match[1], match[2]):
        return None
    return match[1]


def own_message_id(subject: str, *, key: str) -> str:
    """Return the Message-ID, without angle brackets, of the mail about `subject` with this `key`.

    The same arguments give the same id for ever, so that a mail sent twice is seen as one.
    """
    _check(subject)
    named = f"{subject}.{_base32(_digest('message-key', key, settings.SECRET_KEY))}"
    domain = settings.MAIL_SUPPORT_ADDRESS.rpartition("@")[2]
    return f"{named}.{_signature('message-id', named, settings.SECRET_KEY)}@{domain}"


def read_own_message_id(message_id: str) -> str | None:
    """Return the subject of a Message-ID that this desk made, None for any other."""
    match = _OWN_MESSAGE_ID.fullmatch(message_id.strip().strip("<>").lower())
    if match is None or not _is_signed("message-id", f"{match[1]}.{match[2]}", match[3]):
        return None
    return match[1]


def instance_mark() -> str:
    """Return the value of `reading.LOOP_HEADER` on every mail that this desk sends."""
    return _signature("instance", "", settings.SECRET_KEY)


def is_own_mark(value: str) -> bool:
    """Tell whether a mail that carries this mark is our own coming back."""
    return _is_signed("instance", "", value.strip().lower())


def _check(subject: str) -> None:
    if not SUBJECT.fullmatch(subject):
        raise ValueError(f"{subject!r} cannot stand in an address.")


def _is_signed(purpose: str, value: str, signature: str) -> bool:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    good = [_signature(purpose, value, secret) for secret in secrets]
    return any(constant_time_compare(signature, one) for one in good)


def _signature(purpose: str, value: str, secret: str) -> str:
    key_id = _base32(_digest(f"{purpose}.key-id", "", secret))[:2]
    return key_id + _base32(_digest(purpose, value, secret))


def _digest(purpose: str, value: str, secret: str) -> bytes:
    """128 bits of HMAC-SHA256 under the key of this purpose."""
    hmac = salted_hmac(f"helpdesk.mail.{purpose}", value, secret=secret, algorithm="sha256")
    return hmac.digest()[:16]


def _base32(digest: bytes) -> str:
    return base64.b32encode(digest).decode("ascii").rstrip("=").lower()
