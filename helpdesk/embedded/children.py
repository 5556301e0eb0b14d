"""What runs beside the servers in the embedded desk, in the order of its start: the whole list."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpdesk.embedded import processes
from helpdesk.embedded.places import PROJECT
from helpdesk.embedded.wishes import Wishes


@dataclass(frozen=True)
class Program:
    """A Python program of the project; what it says goes to `log`."""

    name: str
    arguments: tuple[str, ...]
    env: Mapping[str, str]
    log: Path
    within: float = 5.0

    how = signal.SIGTERM

    def start(self) -> subprocess.Popen[bytes]:
        """Start it; it may need a few seconds more until it works."""
        command = [sys.executable, *self.arguments]
        return processes.start(command, env=self.env, folder=PROJECT, log=self.log)


def children(env: Mapping[str, str], *, wishes: Wishes, logs: Path) -> list[Program]:
    """Return the programs of the desk that `wishes` describes."""
    return [
        Program("web", _web(wishes), {**env, SMTP_PORT: str(wishes.smtp_port)}, logs / "web.log"),
        Program("worker", WORKER, env, logs / "worker.log", within=10.0),
        Program("beat", BEAT, env, logs / "beat.log"),
    ]


SMTP_PORT = "EMBEDDED_SMTP_PORT"
# Threads, and none of the talk between workers: there is one, and it is small.
WORKER = (
    *("-m", "celery", "--quiet", "--app", "helpdesk", "worker"),
    *("--pool", "threads", "--concurrency", "4", "--loglevel", "WARNING"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
)
BEAT = ("-m", "helpdesk.embedded.beat")


def _web(wishes: Wishes) -> tuple[str, ...]:
    return (
        *("-m", "uvicorn", "helpdesk.embedded.web:application", "--lifespan", "on"),
        *("--host", wishes.host, "--port", str(wishes.port)),
        *("--log-level", "warning", "--no-server-header"),
        # Nothing stands before it, so nobody may claim to speak for another address.
        *("--no-proxy-headers", "--timeout-graceful-shutdown", "2"),
    )
