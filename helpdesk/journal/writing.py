"""Writing what happened: the only place that announces news after a commit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from kombu.exceptions import OperationalError

from helpdesk.journal import tasks
from helpdesk.journal.kinds import Kind
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor

log = structlog.get_logger(__name__)


def write(
    kind: Kind,
    *,
    subject_kind: str,
    subject_id: int,
    organisation_id: int | None,
    by: Actor,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> Entry:
    """Add an entry in the caller's transaction; its reactions follow once that is committed.

    Raises RuntimeError outside a transaction: news without its cause, or the other way round,
    must not be possible.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{kind.name} was written outside a transaction.")
    entry = Entry.objects.create(
        kind=kind.name,
        subject_kind=subject_kind,
        subject_id=subject_id,
        organisation_id=organisation_id,
        actor=by.person,
        actor_label=by.label[:200],
        at=at,
        audience=kind.audience,
        data=dict(data or {}),
    )
    transaction.on_commit(lambda: _announce(entry.pk))
    return entry


def _announce(entry_id: int) -> None:
    """Wake a worker. A dead broker loses nothing: the sweep finds entries not dispatched."""
    try:
        tasks.dispatch.delay(entry_id)
    except (OperationalError, OSError) as error:
        log.warning("journal.broker_away", entry=entry_id, error=str(error))
