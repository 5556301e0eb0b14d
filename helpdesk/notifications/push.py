"""Telling somebody on their devices: rows of the caller's transaction, sent afterwards.

What leaves is encrypted for the device (RFC 8291): the push service in between reads nothing.
"""

from helpdesk.mail.waking import wake
from helpdesk.notifications.models import PushMessage
from helpdesk.notifications.tasks import deliver
from helpdesk.people.models import Person


def queue(person: Person, *, key: str, title: str, text: str, url: str) -> list[PushMessage]:
    """Tell `person` on each of their devices, once for each `key`; return the rows."""
    devices = list(person.push_subscriptions.all())
    rows = [
        PushMessage(subscription=device, key=key, title=title[:200], text=text[:500], url=url[:500])
        for device in devices
    ]
    PushMessage.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        wake(deliver)
    return list(PushMessage.objects.filter(subscription__in=devices, key=key).order_by("pk"))
