"""The key by which push services know this desk (RFC 8292).

It follows from SECRET_KEY, so that every process has the same one and none is kept in a file;
`VAPID_PRIVATE_KEY` takes its place. Another key makes all devices subscribe anew (decision 0083).
"""

import base64
import hashlib
import time
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02

_LIVES_SECONDS = 12 * 3600
# The order of P-256 (FIPS 186-4, D.1.2.3).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def public_key() -> str:
    """What a browser needs to subscribe: the point, uncompressed, in base64url."""
    point = (
        _key()
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return _base64url(point)


def authorization(endpoint: str) -> str:
    """The header that tells the push service of `endpoint` who sends."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + _LIVES_SECONDS,
        "sub": f"mailto:{settings.MAIL_SUPPORT_ADDRESS}",
    }
    return str(Vapid02(private_key=_key()).sign(claims)["Authorization"])


def _key() -> ec.EllipticCurvePrivateKey:
    if settings.VAPID_PRIVATE_KEY:
        raw = base64.urlsafe_b64decode(settings.VAPID_PRIVATE_KEY + "==")
        return ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())
    seed = b"helpdesk.notifications.vapid:" + settings.SECRET_KEY.encode()
    # Twice as long as the order, so that the remainder favours no key.
    number = int.from_bytes(hashlib.sha512(seed).digest(), "big")
    return ec.derive_private_key(number % (_ORDER - 1) + 1, ec.SECP256R1())


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
