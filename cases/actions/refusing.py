"""Why an action is not carried out: each message is a sentence for the person who tried."""


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
