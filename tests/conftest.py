"""Fixtures for every test. The servers themselves are started by `tests/services.py`."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Forget rate limits and sessions of the test before, where a test may reach them."""
    yield
    if request.node.get_closest_marker("django_db"):
        cache.clear()
