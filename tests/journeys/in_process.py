"""What worker and beat do, done here: for stories whose hour matters.

The processes of a living desk have the clock of the machine; a story of the night sets its own.
"""

from datetime import datetime

from cases.oncall import ringing
from helpdesk.journal import dispatch
from helpdesk.journal.models import Entry, Reaction
from helpdesk.mail import delivery
from helpdesk.webhooks import delivering

SECONDS = 10.0


def beat(*, now: datetime) -> None:
    """Let everything react, call whoever is due, react to that, and send what is to be sent."""
    _react()
    ringing.ring_due(now=now)
    _react()
    delivery.deliver_due(seconds=SECONDS)
    delivering.deliver_due(seconds=SECONDS)


def _react() -> None:
    while waiting := list(Entry.objects.filter(dispatched_at=None).order_by("pk")):
        for entry in waiting:
            for reaction_id in dispatch.dispatch(entry.pk):
                dispatch.react(reaction_id)
    assert not Reaction.objects.exclude(state=Reaction.State.DONE).exists()
