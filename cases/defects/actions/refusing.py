"""Why an action on a defect is not carried out, beside `cases.actions.refusing.Refused`."""

from cases.actions.refusing import Refused


class DefectChanged(Refused):
    """The defect changed since this person looked at it; nothing was done.

    `seen` is the version they acted on, `current` the one that stands now.
    """

    def __init__(self, *, seen: int, current: int) -> None:
        super().__init__(
            "This defect changed while you were at it. What you typed is kept: "
            "look at what is new, then send it again."
        )
        self.seen = seen
        self.current = current
