"""Deciding who is told what: rows of the caller's transaction, frozen there."""

import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.db.models.functions import Coalesce, Greatest, Now
from django.utils.module_loading import import_string

from helpdesk.journal.kinds import Audience
from helpdesk.journal.models import Entry
from helpdesk.mail.waking import wake
from helpdesk.webhooks.models import Delivery, Endpoint
from helpdesk.webhooks.tasks import deliver

Facts = Callable[..., Mapping[str, Any] | None]

_HEARD = {
    Audience.CLIENT: frozenset({Audience.CLIENT}),
    Audience.AGENTS: frozenset({Audience.CLIENT, Audience.AGENTS}),
    Audience.LEADS: frozenset(Audience),
}


def enqueue(entry: Entry) -> None:
    """React to any news: tell every endpoint that listens to it and may hear of it."""
    for endpoint in _listening(entry):
        subject = _subject_of(entry, is_ours=endpoint.organisation_id is None)
        if subject is not None:
            queue(
                endpoint,
                kind=entry.kind,
                key=f"entry:{entry.pk}",
                at=entry.at,
                data={
                    "entry": entry.pk,
                    "sentence": entry.sentence,
                    "by": entry.actor_label,
                    "subject": subject,
                },
            )


def queue(
    endpoint: Endpoint, *, kind: str, key: str, at: datetime, data: Mapping[str, Any]
) -> Delivery:
    """Tell `endpoint` one thing, once for each `key`, as part of the caller's transaction.

    The body is `{"type": kind, "timestamp": at, "data": data}`. Queueing the same key again
    returns the first row unchanged. To an endpoint that is off nothing is sent: the row says so.
    """
    body = {"type": kind, "timestamp": at.isoformat(), "data": data}
    row = Delivery(
        endpoint=endpoint,
        key=key,
        message_id=f"msg_{uuid.uuid4().hex}",
        kind=kind,
        body=json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False),
    )
    if not endpoint.is_on:
        row.state, row.last_error = Delivery.State.FAILED, "The endpoint is off."
    Delivery.objects.bulk_create([row], ignore_conflicts=True)
    mine = Delivery.objects.filter(message_id=row.message_id)
    if endpoint.paused_until is not None:
        mine.update(next_attempt_at=Greatest(Now(), Coalesce(endpoint.paused_until, Now())))
    wake(deliver)
    return Delivery.objects.get(endpoint=endpoint, key=key)


def resend(delivery: Delivery) -> bool:
    """Send it once more from the first attempt on, under the same id; return whether it may."""
    done = Delivery.objects.filter(
        pk=delivery.pk,
        state__in=[Delivery.State.DELIVERED, Delivery.State.FAILED],
        endpoint__is_on=True,
    ).update(state=Delivery.State.PENDING, attempts=0, next_attempt_at=Now(), last_error="")
    wake(deliver)
    return bool(done)


def _listening(entry: Entry) -> Iterable[Endpoint]:
    """Endpoints that are on, listen to this kind, and whose readers may read the entry."""
    everybody = Q(organisation=None)
    if entry.organisation_id is not None:
        everybody |= Q(organisation=entry.organisation_id)
    room = entry.kind.partition(".")[0]
    asked_for = Endpoint.objects.filter(
        everybody, is_on=True, listens_to__overlap=["*", f"{room}.*", entry.kind]
    )
    return [one for one in asked_for if entry.audience in _HEARD[Audience(one.audience)]]


def _subject_of(entry: Entry, *, is_ours: bool) -> Mapping[str, Any] | None:
    """What is said of the subject; None when an organisation may not hear of it.

    Of what no room speaks for, an organisation hears nothing.
    """
    name = settings.WEBHOOK_SUBJECTS.get(entry.subject_kind)
    bare = {"kind": entry.subject_kind, "id": entry.subject_id}
    if name is None:
        return bare if is_ours else None
    facts_of: Facts = import_string(name)
    facts = facts_of(entry.subject_id, is_ours=is_ours)
    return None if facts is None else {**bare, **facts}
