"""Where the embedded desk keeps its things: one folder, safe to copy while the desk is stopped."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from helpdesk.embedded.failures import CannotStart

PROJECT = Path(__file__).resolve().parents[2]
# What the kernel allows a socket's path: 108 bytes with the closing zero, on macOS 104.
LONGEST_SOCKET_PATH = 103
SOCKET_NAME = ".s.PGSQL.5432.lock"


@dataclass(frozen=True)
class Places:
    """The folders under `data`."""

    data: Path

    @property
    def postgres(self) -> Path:
        """The database: the one folder that must not be lost, with `files`."""
        return self.data / "postgres"

    @property
    def valkey(self) -> Path:
        """What Valkey writes down between two starts; nothing is lost without it."""
        return self.data / "valkey"

    @property
    def logs(self) -> Path:
        """What the servers say, one file each."""
        return self.data / "logs"

    @property
    def run(self) -> Path:
        """What is true while the desk runs: its lock, its processes, its servers' addresses."""
        return self.data / "run"

    @property
    def addresses(self) -> Path:
        """The servers of the running desk, for `manage.py`; read by the settings."""
        return self.run / "addresses.env"

    @property
    def sockets(self) -> Path:
        """PostgreSQL's socket; a private folder elsewhere when the path would be too long."""
        usual = self.data / "sockets"
        if len(os.fsencode(usual / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return usual
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"waratah-{os.geteuid()}-{name}"


def prepared(data: Path) -> Places:
    """Make the folders that are missing. Raises CannotStart when that is not possible."""
    places = Places(data.absolute())
    try:
        for folder in (places.data, places.logs, places.run):
            folder.mkdir(parents=True, exist_ok=True)
        (places.run / "writable").touch()
        (places.run / "writable").unlink()
    except OSError as error:
        raise CannotStart(
            f"Waratah keeps its data in {places.data}, and cannot write there "
            f"({error.strerror}). Nothing was changed. Make that folder writable for you, or set "
            "DATA_DIR to another one."
        ) from error
    return places
