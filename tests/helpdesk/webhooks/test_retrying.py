"""The pauses between attempts."""

from datetime import timedelta

import pytest

from helpdesk.webhooks.retrying import pause_after, rest_after


@pytest.mark.parametrize(
    ("attempts", "pause"),
    [
        (1, timedelta(seconds=5)),
        (2, timedelta(minutes=5)),
        (9, timedelta(hours=24)),
        (10, None),
    ],
)
def test_pauses_grow_and_end(attempts: int, pause: timedelta | None) -> None:
    assert pause_after(attempts) == pause


@pytest.mark.parametrize(
    ("failing_for", "rest"),
    [
        (timedelta(), timedelta(seconds=20)),
        (timedelta(minutes=4), timedelta(minutes=1)),
        (timedelta(days=2), timedelta(hours=1)),
    ],
)
def test_rest_is_a_quarter_of_the_silence_within_bounds(
    failing_for: timedelta, rest: timedelta
) -> None:
    assert rest_after(failing_for) == rest
