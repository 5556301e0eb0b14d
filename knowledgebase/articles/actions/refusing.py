"""Why an action is not carried out: each message is a sentence for the person who tried."""


class Refused(Exception):
    """It is not possible for this person, or not now."""


class TextChanged(Refused):
    """Somebody saved another revision in the meantime; nothing was stored."""

    def __init__(self, *, by: str) -> None:
        super().__init__(
            f"{by} saved a newer revision while you were writing. Your text is kept here: "
            "compare the two, then save again."
        )
