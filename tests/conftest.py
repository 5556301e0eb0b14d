"""Fixtures for every test. The servers themselves are started by `tests/services.py`."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Forget the rate limits, sessions and presence of the test before."""
    cache.clear()
