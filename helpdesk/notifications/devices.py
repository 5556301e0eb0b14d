"""Remembering and forgetting devices."""

import base64
import binascii

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec

from helpdesk.fetching.refusing import FetchRefused
from helpdesk.fetching.targets import target_of
from helpdesk.mail.clean_text import clean_line
from helpdesk.notifications.models import PushSubscription
from helpdesk.people.models import Person
from helpdesk.webhooks.world import ports

MOST_DEVICES = 10
_AUTH_BYTES = 16


class NotADevice(Exception):
    """What a browser sent is no subscription; says why in a sentence."""


def remember(
    person: Person, *, endpoint: str, p256dh: str, auth: str, device: str
) -> PushSubscription:
    """Tell `person` on this device from now on. Raises NotADevice.

    A browser that somebody else used before belongs to whoever is signed in now. Beyond
    MOST_DEVICES the oldest is forgotten.
    """
    _check(endpoint, p256dh, auth)
    values = {"person": person, "p256dh": p256dh, "auth": auth}
    values["device"] = clean_line(device, limit=100) or "A browser"
    subscription, _ = PushSubscription.objects.update_or_create(endpoint=endpoint, defaults=values)
    kept = person.push_subscriptions.order_by("-pk").values_list("pk", flat=True)[:MOST_DEVICES]
    person.push_subscriptions.exclude(pk__in=list(kept)).delete()
    return subscription


def _check(endpoint: str, p256dh: str, auth: str) -> None:
    try:
        target_of(endpoint, ports=ports())
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(p256dh))
        is_whole = len(endpoint) <= 2000 and len(_decoded(auth)) == _AUTH_BYTES
    except (FetchRefused, ValueError, binascii.Error, UnsupportedAlgorithm):
        is_whole = False
    if not is_whole:
        raise NotADevice("The browser sent no subscription that can be used. Try again.")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
