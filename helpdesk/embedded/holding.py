"""One desk a data folder: whoever holds the lock runs it."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from helpdesk.embedded.failures import CannotStart


@contextlib.contextmanager
def held(run: Path, *, note: str) -> Iterator[None]:
    """Hold the desk whose `run` folder this is; the system lets go even of a killed holder.

    `note` is what a second start is told. Raises CannotStart for the second one.
    """
    with (run / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise CannotStart(
                f"This desk runs already: {lock.read().strip() or 'it is just starting'}. "
                "Use that one, or stop it first with Ctrl-C where it was started."
            ) from error
        lock.truncate(0)
        lock.write(note)
        lock.flush()
        yield
        lock.truncate(0)
