"""Maintenance: starting, extending, moving, completing and cancelling it, and reminding of it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from helpdesk.people.actors import Actor
from knowledgebase.notices import kinds
from knowledgebase.notices.actions.posting import (
    BadTimes,
    Reason,
    note,
    refuse_bad_times,
    say,
    schedule,
    tell,
)
from knowledgebase.notices.lifecycle import State
from knowledgebase.notices.models import Notice, Update

STARTED = "This has begun."
COMPLETED = "This is completed."
REMINDER = "This begins soon."


def start(notice: Notice, *, by: Actor, text: str = STARTED, at: datetime | None = None) -> Update:
    """Begin what was scheduled, by hand or at its time. Raises MoveRefused."""
    return say(notice, text, by=by, state=State.RUNNING, at=at)


def complete(
    notice: Notice, *, by: Actor, text: str = COMPLETED, at: datetime | None = None
) -> Update:
    """End what is under way. Raises MoveRefused."""
    return say(notice, text, by=by, state=State.COMPLETED, at=at)


def cancel(notice: Notice, *, by: Actor, text: str, at: datetime | None = None) -> Update:
    """Take back what has not begun. Raises MoveRefused."""
    return say(notice, text, by=by, state=State.CANCELLED, at=at)


@transaction.atomic
def replan(
    notice: Notice,
    *,
    starts_at: datetime,
    ends_at: datetime | None,
    text: str,
    by: Actor,
    at: datetime | None = None,
) -> Update:
    """Move or extend a notice that is not over; what has begun keeps its start. Raises BadTimes."""
    at = at or timezone.now()
    notice = Notice.objects.locked_one(notice.pk)
    if not notice.is_open:
        raise BadTimes("It is over, so its times stay as they were. Nothing was changed.")
    if notice.state == State.SCHEDULED:
        ahead = notice.remind_at and notice.starts_at - notice.remind_at
        notice.starts_at = starts_at
        notice.remind_at = starts_at - ahead if ahead and starts_at - ahead > at else None
    refuse_bad_times(notice.starts_at, ends_at)
    notice.ends_at, notice.updated_at = ends_at, at
    notice.revision += 1
    schedule(notice)
    notice.save()
    said = note(notice, text, reason=Reason.SAID, by=by, at=at)
    tell(kinds.REPLANNED, notice, by=by, at=at)
    return said


@transaction.atomic
def remind(notice: Notice, *, by: Actor, at: datetime) -> Update | None:
    """Remind subscribers of what begins soon, once."""
    notice = Notice.objects.locked_one(notice.pk)
    if notice.remind_at is None or notice.state != State.SCHEDULED:
        return None
    notice.remind_at = None
    schedule(notice)
    notice.save(update_fields=["remind_at", "next_action_at"])
    said = note(notice, REMINDER, reason=Reason.REMINDED, by=by, at=at)
    tell(kinds.REMINDED, notice, by=by, at=at)
    return said
