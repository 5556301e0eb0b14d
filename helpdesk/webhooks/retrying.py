"""When to try again: the pauses that Standard Webhooks recommends, over three days. Pure."""

from datetime import timedelta

PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
SHORTEST_REST, LONGEST_REST = timedelta(seconds=20), timedelta(hours=1)
OFF_AFTER = timedelta(days=5)


def pause_after(attempts: int) -> timedelta | None:
    """Return how long to wait after the failed attempt number `attempts`; None: give up."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def rest_after(failing_for: timedelta) -> timedelta:
    """Return how long a host that cannot be reached is left alone by all deliveries to it.

    A quarter of how long that lasts already, so that the pauses grow by the same factor.
    """
    return min(max(failing_for / 4, SHORTEST_REST), LONGEST_REST)
