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
def throw_away_postgres(*, is_durable: bool = False) -> Iterator[str]:
    """Yield the address of a fresh PostgreSQL; afterwards it and its data are gone.

    What it has acknowledged outlives a crash only when it `is_durable`: for what crashes it on
    purpose, and for what measures a desk as it will run.
    """
    with throw_away_folder() as folder:
        server = Postgres(
            folder / "data",
            sockets=folder / "run",
            log=folder / "log",
            throw_away=not is_durable,
        )
        with _running(server):
            yield server.url


@contextlib.contextmanager
def throw_away_valkey() -> Iterator[str]:
    """Yield the address of a fresh Valkey; afterwards it and its data are gone."""
    with throw_away_folder() as folder:
        server = Valkey(folder / "data", log=folder / "log", throw_away=True)
        with _running(server):
            yield server.url


@contextlib.contextmanager
def throw_away_folder() -> Iterator[Path]:
    """Yield a folder of our own with a short path: a socket's may have 107 characters at most."""
    _sweep()
    new = Path(tempfile.mkdtemp(prefix=f"new-{PREFIX}"))
    # The account that runs PostgreSQL for root must pass through; what lies inside is closed.
    new.chmod(0o711)
    with (new / "held").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        # It gets the name that others sweep only when it is held.
        folder = new.rename(new.with_name(new.name.removeprefix("new-")))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _running(server: Postgres | Valkey) -> Iterator[None]:
    process = server.start()
    try:
        yield
    finally:
        processes.stop(process, how=server.how, within=server.within)


def _sweep() -> None:
    """Remove the folders of runs that were killed: nobody holds them any more."""
    for folder in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        try:
            with (folder / "held").open("r+") as held:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue
