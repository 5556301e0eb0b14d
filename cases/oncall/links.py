"""The link that acknowledges: signed for one attempt, good for a day."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from cases.oncall.models import Attempt

SALT = "cases.oncall.acknowledge"
LIFETIME = timedelta(hours=24)


def acknowledge_url(attempt: Attempt) -> str:
    """The address that the person called may open without signing in."""
    token = signing.dumps(attempt.pk, salt=SALT)
    return str(settings.SITE_URL + reverse("oncall-acknowledge", args=[token]))


def attempt_of(token: str) -> Attempt | None:
    """The attempt that `token` was signed for, or None when it is not ours or too old."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    attempts = Attempt.objects.select_related("page__case__client", "person")
    return attempts.filter(pk=pk).first()
