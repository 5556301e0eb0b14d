"""Making endpoints, changing their secrets, switching them on and off."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now

from helpdesk.people.models import Organisation
from helpdesk.people.sign_in.sealing import seal
from helpdesk.webhooks.models import Delivery, Endpoint
from helpdesk.webhooks.signing import new_secret

BOTH_SECRETS_FOR = timedelta(hours=24)


def create(
    name: str,
    url: str,
    *,
    organisation: Organisation | None = None,
    audience: str = Endpoint.Hears.CLIENT,
    listens_to: Collection[str] = (),
) -> tuple[Endpoint, str]:
    """Make an endpoint; return it with its secret, which is shown this once.

    Raises ValidationError.
    """
    secret = new_secret()
    endpoint = Endpoint(
        name=name,
        url=url,
        organisation=organisation,
        audience=audience,
        listens_to=list(listens_to),
        sealed_secret=seal(secret),
    )
    endpoint.full_clean()
    endpoint.save()
    return endpoint, secret


def change_secret(endpoint: Endpoint, *, now: datetime) -> str:
    """Give the endpoint another secret and return it; for a day both sign."""
    secret = new_secret()
    endpoint.sealed_previous, endpoint.previous_until = (
        endpoint.sealed_secret,
        now + BOTH_SECRETS_FOR,
    )
    endpoint.sealed_secret = seal(secret)
    endpoint.save(update_fields=["sealed_secret", "sealed_previous", "previous_until"])
    return secret


@transaction.atomic
def switch_off(endpoint: Endpoint, *, reason: str) -> None:
    """Send nothing more to it; what waits is given up, and can be sent again by hand."""
    Endpoint.objects.filter(pk=endpoint.pk).update(is_on=False, off_reason=reason)
    waiting = Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.PENDING)
    waiting.update(state=Delivery.State.FAILED, last_error=f"The endpoint is off. {reason}")


def switch_on(endpoint: Endpoint) -> None:
    """Send to it again, as if it had never failed."""
    Endpoint.objects.filter(pk=endpoint.pk).update(
        is_on=True, off_reason="", failing_since=None, paused_until=None
    )
    Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.PENDING).update(
        next_attempt_at=Now()
    )
