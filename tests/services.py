"""Real servers for the test run, started before Django reads its settings.

A plugin (`-p tests.services`) because a conftest is read too late for that. PostgreSQL is shared
by all workers, each with a database of its own; each worker has its own Valkey, since messages on
its channels know no database numbers. DATABASE_URL and REDIS_URL, when set, are used instead.
"""

import contextlib
import os
from collections.abc import Generator

import pytest

from helpdesk.embedded.throw_away import (
    throw_away_folder,
    throw_away_postgres,
    throw_away_valkey,
)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Start what no variable names; it ends with the run, whichever way that ends."""
    servers = contextlib.ExitStack()
    early_config.add_cleanup(servers.close)
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    if not is_worker:
        # Never the data of the developer's own desk: their files, their key, their servers.
        os.environ["DATA_DIR"] = str(servers.enter_context(throw_away_folder()))
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = servers.enter_context(throw_away_postgres())
    # With several workers the one that hands out the tests runs none itself.
    if "REDIS_URL" not in os.environ and (is_worker or not _has_workers(early_config)):
        os.environ["REDIS_URL"] = servers.enter_context(throw_away_valkey())
    yield


def _has_workers(config: pytest.Config) -> bool:
    return bool(getattr(config.known_args_namespace, "numprocesses", None))
