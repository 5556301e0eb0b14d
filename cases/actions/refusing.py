"""Why an action is not carried out: each message is a sentence for the person who tried."""

from cases.lifecycle import State
from cases.models import Case


class Refused(Exception):
    """The action is not possible for this person, or not now."""


class CaseChanged(Refused):
    """The case changed since this person looked at it; nothing was sent.

    `seen` is the version they answered, `current` the one that stands now: the surface shows
    what came in between.
    """

    def __init__(self, *, seen: int, current: int) -> None:
        super().__init__(
            "This case changed while you were writing. Your text is kept: "
            "look at what is new, then send it again."
        )
        self.seen = seen
        self.current = current


def require_going_on(case: Case) -> None:
    """Raise Refused for a case that became part of another: nothing happens on it any more."""
    if case.current_state == State.MERGED:
        raise Refused(
            "This case was merged into another. Open it by its number: "
            "it leads to the one that goes on."
        )
