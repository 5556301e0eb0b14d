"""The sweep: reminders, starts and ends of notices, each once, by any number of workers."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from helpdesk.people.actors import SYSTEM
from knowledgebase.notices.actions import planning
from knowledgebase.notices.lifecycle import Step, next_step
from knowledgebase.notices.models import Notice

log = structlog.get_logger(__name__)

MOST = 200
PUT_OFF = timedelta(minutes=5)


def sweep(*, now: datetime) -> int:
    """Take every step whose time has come, the oldest first; return how many were taken."""
    done = 0
    while done < MOST and _step_one(now):
        done += 1
    return done


def _step_one(now: datetime) -> bool:
    """Claim one notice and take its next step; False when nothing is due."""
    with transaction.atomic():
        notice = Notice.objects.due(now=now).select_for_update(skip_locked=True).first()
        if notice is None:
            return False
        try:
            with transaction.atomic():
                _take_step(notice, now=now)
        except Exception:
            # One that fails waits, and the others go on.
            log.exception("notices.step_failed", notice=notice.pk)
            Notice.objects.filter(pk=notice.pk).update(next_action_at=now + PUT_OFF)
    return True


def _take_step(notice: Notice, *, now: datetime) -> None:
    due = next_step(notice.plan)
    if due is None or due.at > now:
        Notice.objects.filter(pk=notice.pk).update(next_action_at=due.at if due else None)
    elif due.step == Step.REMIND and notice.starts_at > now:
        planning.remind(notice, by=SYSTEM, at=now)
    elif due.step == Step.REMIND:
        Notice.objects.filter(pk=notice.pk).update(remind_at=None, next_action_at=notice.starts_at)
    elif due.step == Step.START:
        planning.start(notice, by=SYSTEM, at=now)
    else:
        planning.complete(notice, by=SYSTEM, at=now)
