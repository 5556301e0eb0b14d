"""Jobs of the journal: shallow, ids in, safe to run twice."""

from celery import shared_task

from helpdesk.journal import dispatch as dispatching

SWEEP_SECONDS = 20.0


@shared_task
def dispatch(entry_id: int) -> None:
    """Start every reaction to an entry, each as a task of its own."""
    for reaction_id in dispatching.dispatch(entry_id):
        react.delay(reaction_id)


@shared_task
def react(reaction_id: int) -> None:
    """Carry out one reaction."""
    dispatching.react(reaction_id)


@shared_task
def sweep() -> None:
    """Pick up what a dead broker or a killed worker left behind."""
    dispatching.catch_up(seconds=SWEEP_SECONDS)
