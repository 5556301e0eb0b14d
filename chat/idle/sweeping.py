"""What is due on quiet chats: a nudge, an end, or an answer by mail for who left; each once.

Each conversation is claimed and done in a transaction of its own, so two sweeps at once share the
work. Who has the pop-up open is asked of Redis before, for all at once and outside of them; with
Redis away nobody is taken to have left.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from cases import kinds as case_kinds
from chat import attendance, kinds
from chat.actions import ending
from chat.idle import turns
from chat.measures import counting
from chat.models import Conversation, Line
from chat.numbering import COUNTERS, NewLine, add_line
from helpdesk.journal import writing as journal
from helpdesk.people.actors import SYSTEM

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 500
PUT_OFF = timedelta(minutes=5)
Absent = frozenset[int]


def sweep(*, now: datetime) -> int:
    """Do what is due, the oldest first; return how many conversations were looked at."""
    due = list(Conversation.objects.quiet(at=now).order_by("quiet_due_at")[:MOST_AT_ONCE])
    waiting = [one for one in due if one.state == Conversation.State.WAITING]
    absent = attendance.absent(waiting, at=now) if waiting else frozenset[int]()
    return sum(_attend_or_put_off(one.pk, absent, now=now) for one in due)


def note_life(conversation_id: int, *, at: datetime) -> None:
    """The client types: they are neither nudged nor shut out within the next minute."""
    rows = Conversation.objects.filter(pk=conversation_id, state=Conversation.State.ACTIVE)
    soon = at + turns.TYPING
    rows.filter(quiet_due_at__lt=soon).update(quiet_due_at=soon)


def _attend_or_put_off(pk: int, absent: Absent, *, now: datetime) -> int:
    """One that fails does not keep the others from their turn."""
    try:
        return _attend(pk, absent, now=now)
    except Exception:
        log.exception("chat.idle_put_off", conversation=pk)
        Conversation.objects.filter(pk=pk).update(quiet_due_at=now + PUT_OFF)
        return 0


@transaction.atomic
def _attend(pk: int, absent: Absent, *, now: datetime) -> int:
    conversation = Conversation.objects.quiet(at=now).claimed(pk)
    if conversation is None:
        return 0
    if conversation.state == Conversation.State.WAITING:
        _look_after(conversation, is_absent=pk in absent, now=now)
    elif conversation.state != Conversation.State.ACTIVE:
        Conversation.objects.filter(pk=pk).update(quiet_due_at=None)
    elif conversation.nudged_at is None:
        _nudge(conversation, now=now)
    else:
        _end(conversation, now=now)
    return 1


def _nudge(conversation: Conversation, *, now: datetime) -> None:
    """The end keeps its distance to the nudge even when the nudge was late."""
    left = conversation.site.close_after_minutes
    ends = f" Without a word from you this chat ends in {minutes_words(left)}." if left else ""
    words = f"Are you still there?{ends}"
    told = NewLine(kind=Line.Kind.NUDGED, text=words, is_ours=True)
    add_line(conversation, told, by=SYSTEM, at=now)
    conversation.save(update_fields=COUNTERS)


def _end(conversation: Conversation, *, now: datetime) -> None:
    site = conversation.site
    quiet = minutes_words(site.nudge_after_minutes + site.close_after_minutes)
    reason = f"Nobody wrote for {quiet}. Write again whenever you like."
    ending.end(conversation, who=Conversation.EndedBy.DESK, by=SYSTEM, at=now, reason=reason)


def _look_after(conversation: Conversation, *, is_absent: bool, now: datetime) -> None:
    patience = timedelta(minutes=conversation.site.left_after_minutes)
    since = (conversation.away_since or now) if is_absent and patience else None
    if since is not None and now - since >= patience:
        _leave(conversation, now=now)
        return
    conversation.quiet_due_at = now + turns.LOOKED_AFTER
    conversation.away_since = since
    conversation.save(update_fields=turns.ROW)


def _leave(conversation: Conversation, *, now: datetime) -> None:
    """From now on it is a message that was left: the chat goes on whenever they come back."""
    conversation.state = Conversation.State.MESSAGE
    told = NewLine(kind=Line.Kind.LEFT, is_ours=False, is_public=False)
    add_line(conversation, told, by=SYSTEM, at=now)
    conversation.save(update_fields=[*COUNTERS, "state"])
    journal.write(
        kinds.LEFT,
        subject_kind=case_kinds.SUBJECT,
        subject_id=conversation.case_id,
        organisation_id=conversation.case.organisation_id,
        by=SYSTEM,
        at=now,
        data={"conversation": conversation.pk},
    )
    counting.count_abandonment(conversation)
    Conversation.objects.filter(pk=conversation.pk).update(is_measured=False)


def minutes_words(minutes: int) -> str:
    """A number of minutes as both sides read it."""
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
