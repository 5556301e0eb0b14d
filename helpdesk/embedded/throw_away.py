"""Servers for a test run: fast, private, gone afterwards."""

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from helpdesk.embedded import processes
from helpdesk.embedded.postgres import Postgres
from helpdesk.embedded.valkey import Valkey

PREFIX = "waratah-throw-away-"


@contextlib.contextmanager
def throw_away_postgres() -> Iterator[str]:
    """Yield the address of a fresh PostgreSQL; afterwards it and its data are gone."""
    with _folder() as folder:
        server = Postgres(
            folder / "data", sockets=folder / "run", log=folder / "log", throw_away=True
        )
        with _running(server):
            yield server.url


@contextlib.contextmanager
def throw_away_valkey() -> Iterator[str]:
    """Yield the address of a fresh Valkey; afterwards it and its data are gone."""
    with _folder() as folder:
        server = Valkey(folder / "data", log=folder / "log", throw_away=True)
        with _running(server):
            yield server.url


@contextlib.contextmanager
def _running(server: Postgres | Valkey) -> Iterator[None]:
    process = server.start()
    try:
        yield
    finally:
        processes.stop(process, how=server.how, within=server.within)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Yield a folder of our own with a short path: a socket's may have 107 characters at most."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    # The account that runs PostgreSQL for root must pass through; what lies inside is closed.
    folder.chmod(0o711)
    try:
        with (folder / "held").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Remove the folders of runs that were killed: nobody holds them any more."""
    for folder in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        try:
            with (folder / "held").open("r+") as held:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue
