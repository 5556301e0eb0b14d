"""From an entry to its reactions: who reacts is one table, found by its dotted name.

This is the one place where the floor reaches up: `settings.REACTIONS` names the roof's module.
"""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from importlib import import_module

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from helpdesk.journal.models import Entry, Reaction

log = structlog.get_logger(__name__)

React = Callable[[Entry], None]
MOST_ATTEMPTS = 8
UNDISPATCHED_AFTER = timedelta(seconds=20)


@transaction.atomic
def dispatch(entry_id: int) -> list[int]:
    """Note the reactions that `entry_id` calls for and return their ids, the first time only.

    Whoever comes later leaves them to the first, or to the sweep if that one died.
    """
    entry = Entry.objects.select_for_update().get(pk=entry_id)
    if entry.dispatched_at is not None:
        return []
    reactions = [Reaction(entry=entry, name=name_of(react)) for react in reactions_to(entry.kind)]
    Reaction.objects.bulk_create(reactions)
    Entry.objects.filter(pk=entry_id).update(dispatched_at=Now())
    return [reaction.pk for reaction in reactions]


def react(reaction_id: int) -> bool:
    """Carry out one reaction together with the note that it is done; return whether it was done.

    Effects are rows of the same transaction (outbox, notices), so they happen exactly once.
    An error is kept on the row and tried again later, with growing pauses.
    """
    try:
        with transaction.atomic():
            reaction = (
                Reaction.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("entry")
                .filter(pk=reaction_id, state=Reaction.State.PENDING)
                .first()
            )
            if reaction is None:
                return False
            _function_named(reaction.name)(reaction.entry)
            Reaction.objects.filter(pk=reaction_id).update(
                state=Reaction.State.DONE,
                attempts=F("attempts") + 1,
                next_attempt_at=None,
                finished_at=Now(),
            )
    except Exception as error:
        log.exception("journal.reaction_failed", reaction=reaction_id)
        _put_off(reaction_id, error)
        return False
    return True


def catch_up(*, seconds: float) -> int:
    """Carry out what a dead broker or a killed worker left, for at most `seconds`; return how much.

    It is done here, not announced again: in a long queue a second announcement would only wait
    behind the first, and make the queue longer with each sweep.
    """
    until = time.monotonic() + seconds
    left = [reaction_id for entry_id in undispatched() for reaction_id in dispatch(entry_id)]
    done = 0
    for reaction_id in (*left, *due_reactions()):
        if time.monotonic() > until:
            break
        done += react(reaction_id)
    return done


def undispatched(*, limit: int = 500) -> list[int]:
    """Entries whose announcement was lost: nobody dispatched them in time."""
    waiting = Entry.objects.filter(
        dispatched_at=None, recorded_at__lt=Now() - UNDISPATCHED_AFTER
    ).order_by("id")
    return list(waiting.values_list("pk", flat=True)[:limit])


def due_reactions(*, limit: int = 500) -> list[int]:
    """Reactions to try again now, or whose worker died before they were done."""
    due = Reaction.objects.filter(
        state=Reaction.State.PENDING, next_attempt_at__lt=Now() - UNDISPATCHED_AFTER
    ).order_by("next_attempt_at")
    return list(due.values_list("pk", flat=True)[:limit])


def reactions_to(kind: str) -> tuple[React, ...]:
    """The functions that the roof names for a kind of news: those for every kind, and its own."""
    roof = import_module(settings.REACTIONS)
    every: tuple[React, ...] = roof.EVERY
    table: Mapping[str, tuple[React, ...]] = roof.REACTIONS
    return every + table.get(kind, ())


def name_of(react: React) -> str:
    return f"{react.__module__}.{react.__qualname__}"


def _function_named(name: str) -> React:
    function: React = import_string(name)
    return function


def _put_off(reaction_id: int, error: Exception) -> None:
    """Wait 30 s, 1 min, 2 min ... and give up, visibly, after `MOST_ATTEMPTS`."""
    with transaction.atomic():
        reaction = Reaction.objects.select_for_update().get(pk=reaction_id)
        if reaction.state != Reaction.State.PENDING:
            return
        reaction.attempts += 1
        reaction.last_error = f"{type(error).__name__}: {error}"[:2000]
        if reaction.attempts >= MOST_ATTEMPTS:
            reaction.state = Reaction.State.FAILED
        reaction.save(update_fields=["attempts", "last_error", "state"])
        pause = timedelta(seconds=30 * 2 ** (reaction.attempts - 1))
        Reaction.objects.filter(pk=reaction_id).update(next_attempt_at=Now() + pause)
