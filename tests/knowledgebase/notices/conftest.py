"""Each test begins with a process that has read no status yet."""

import pytest

from knowledgebase.notices import keeping


@pytest.fixture(autouse=True)
def _no_status_read(_empty_cache: None) -> None:
    keeping.forget_snapshot()
