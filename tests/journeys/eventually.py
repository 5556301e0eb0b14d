"""Waiting for what other processes do."""

import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")
PATIENCE_SECONDS = 60


def eventually(look: Callable[[], Value | None]) -> Value:
    """Return the first thing that `look` finds. Raises TimeoutError after a minute."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    raise TimeoutError("It did not happen within a minute.")
