"""What was wrong with a mail, in sentences that an agent can read."""

_MOST = 50


class Defects:
    """A short list without repetitions, filled while a mail is read."""

    def __init__(self) -> None:
        self._sentences: dict[str, None] = {}

    def note(self, sentence: str) -> None:
        """Remember `sentence` once; beyond fifty different ones nothing is added."""
        if len(self._sentences) < _MOST:
            self._sentences[sentence] = None

    def sentences(self) -> tuple[str, ...]:
        """All that was noted, in order."""
        return tuple(self._sentences)
