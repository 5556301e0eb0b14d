"""Reminders a day and an hour ahead: rows that a sweep claims, each told once."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from cases.calls import inviting
from cases.calls.models import Call, Reminder

log = structlog.get_logger(__name__)

AHEAD = (24 * 60, 60)
MOST_AT_ONCE = 500
PUT_OFF = timedelta(minutes=5)


def plan(call: Call, *, now: datetime) -> None:
    """Plan the reminders of a booked call anew; none whose time is over already."""
    Reminder.objects.filter(call=call, settled_at=None).update(settled_at=now)
    Reminder.objects.bulk_create(
        Reminder(call=call, minutes_ahead=minutes, due_at=due_at)
        for minutes in AHEAD
        if (due_at := call.starts_at - timedelta(minutes=minutes)) > now
    )


def remind_of_what_is_near(*, now: datetime) -> int:
    """Send every reminder that is due; return how many.

    One that fails is logged and tried again five minutes later, the others go on.
    """
    sent = 0
    for _ in range(MOST_AT_ONCE):
        with transaction.atomic():
            claimed = (
                Reminder.objects.due(now)
                .select_for_update(of=("self",), skip_locked=True)
                .select_related(
                    "call__case__client", "call__client__organisation__region", "call__agent"
                )
                .first()
            )
            if claimed is None:
                break
            sent += _tried(claimed, now=now)
    return sent


def _tried(reminder: Reminder, *, now: datetime) -> int:
    try:
        with transaction.atomic():
            return _settle(reminder, now=now)
    except Exception:
        log.exception("calls.reminder_put_off", reminder=reminder.pk)
        Reminder.objects.filter(pk=reminder.pk).update(due_at=now + PUT_OFF)
        return 0


def _settle(reminder: Reminder, *, now: datetime) -> int:
    """Tell both sides, unless it is too late or a nearer reminder is due as well."""
    reminder.settled_at = now
    reminder.was_sent = _is_worth_it(reminder, now=now)
    reminder.save(update_fields=["settled_at", "was_sent"])
    if reminder.was_sent:
        news = inviting.News(
            kind="call_reminder",
            for_agent="A reminder: you have a call on {when}. It takes {minutes} minutes.",
            method=None,
        )
        inviting.tell_both(reminder.call, news, at=reminder.due_at)
    return int(reminder.was_sent)


def _is_worth_it(reminder: Reminder, *, now: datetime) -> bool:
    call = reminder.call
    nearer = [minutes for minutes in AHEAD if minutes < reminder.minutes_ahead]
    is_near = any(call.starts_at - timedelta(minutes=minutes) <= now for minutes in nearer)
    return call.is_booked and call.starts_at > now and not is_near
