"""What can be promised, and in which states of a case a promise stands still."""

from django.db import models

from cases.lifecycle import State


class Metric(models.TextChoices):
    """The four promises of `sla.md` part 3."""

    FIRST_RESPONSE = "first_response", "First response"
    NEXT_RESPONSE = "next_response", "Next response"
    UPDATE = "update", "Update"
    RESOLUTION = "resolution", "Resolution"

    @property
    def words(self) -> str:
        """In the middle of a sentence."""
        return self.label.lower()


RESPONSES = frozenset({Metric.FIRST_RESPONSE, Metric.NEXT_RESPONSE})
_WAITING_PAUSES = frozenset({Metric.UPDATE, Metric.RESOLUTION})


def is_paused_in(
    state: State, metric: str, *, pauses_while_waiting: bool, pauses_on_hold: bool
) -> bool:
    """Whether a policy with these flags lets `metric` stand still in `state`.

    A response is never paused: waiting for the client implies that they were answered. On hold
    the client is still owed news, so only the resolution may pause.
    """
    if state == State.WAITING:
        return pauses_while_waiting and metric in _WAITING_PAUSES
    if state == State.ON_HOLD:
        return pauses_on_hold and metric == Metric.RESOLUTION
    return False
