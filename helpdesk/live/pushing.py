"""Ringing the doorbell: browsers hear that something changed and fetch it as usual.

A nudge carries no content, so what a person may see is decided in one place, the ordinary view.
It may be lost (Redis away) without harm: every page also reads on its own.
"""

import structlog
from redis.exceptions import RedisError

from helpdesk.journal.kinds import Audience
from helpdesk.journal.models import Entry
from helpdesk.live import groups
from helpdesk.live.sending import send

log = structlog.get_logger(__name__)


def nudge(entry: Entry) -> None:
    """React to any news: wake the screens that show its subject, and the lists of our people."""
    what = f"{entry.subject_kind}:{entry.subject_id}"
    heard_by = [
        groups.STAFF,
        groups.of_subject(entry.subject_kind, entry.subject_id, is_ours=True),
    ]
    if entry.audience == Audience.CLIENT:
        heard_by.append(groups.of_subject(entry.subject_kind, entry.subject_id, is_ours=False))
    ring(heard_by, changed=what)


def ring(heard_by: list[str], *, changed: str) -> None:
    """Tell every browser in the groups that `changed` ("case:1042") is no longer as shown."""
    try:
        send(*((group, {"type": "nudge", "changed": changed}) for group in heard_by))
    except (RedisError, OSError) as error:
        log.warning("live.redis_away", changed=changed, error=str(error))


def end_sockets_of(person_id: int) -> None:
    """Close every socket of a person whose rights or session ended."""
    try:
        send((groups.of_person(person_id), {"type": "end"}))
    except (RedisError, OSError) as error:
        log.warning("live.redis_away", person=person_id, error=str(error))
