"""Jobs of the journal: shallow, ids in, safe to run twice."""

from celery import shared_task

from helpdesk.journal import dispatch as dispatching

SWEEP_SECONDS = 20.0


@shared_task
def dispatch(entry_id: int) -> None:
    """Carry out every reaction to an entry, one after the other.

    Most are a few statements: to send each to a worker of its own would cost more than the work.
    What a killed worker leaves is still noted row by row, and the sweep picks it up.
    """
    for reaction_id in dispatching.dispatch(entry_id):
        dispatching.react(reaction_id)


@shared_task
def sweep() -> None:
    """Pick up what a dead broker or a killed worker left behind."""
    dispatching.catch_up(seconds=SWEEP_SECONDS)
