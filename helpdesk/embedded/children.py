"""What runs beside the servers in the embedded desk, in the order of its start: the whole list."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from helpdesk.embedded import processes
from helpdesk.embedded.places import PROJECT


@dataclass(frozen=True)
class Program:
    """A Python program of the project. It says warnings and errors where the desk was started."""

    name: str
    arguments: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    within: float = 5.0

    how = signal.SIGTERM

    def start(self) -> subprocess.Popen[bytes]:
        """Start it; it is ready when it says so itself."""
        return processes.start([sys.executable, *self.arguments], env=self.env, folder=PROJECT)


def children(env: Mapping[str, str], *, host: str, port: int) -> list[Program]:
    """Return the programs of a desk whose pages are read at `host` and `port`."""
    return [
        Program(
            "worker",
            (
                *("-m", "celery", "--quiet", "--app", "helpdesk", "worker"),
                # Threads, and none of the talk between workers: there is one, and it is small.
                *("--pool", "threads", "--concurrency", "4", "--loglevel", "WARNING"),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ),
            env,
            # Long enough for a task to end; a task that is killed is run again.
            within=10.0,
        ),
        Program(
            "beat",
            (
                *("-m", "celery", "--quiet", "--app", "helpdesk", "beat"),
                *("--loglevel", "WARNING", "--pidfile", ""),
            ),
            env,
        ),
        Program(
            "web",
            (
                *(
                    "-m",
                    "uvicorn",
                    "helpdesk.asgi:application",
                    "--host",
                    host,
                    "--port",
                    str(port),
                ),
                *("--log-level", "warning", "--no-server-header", "--lifespan", "off"),
                # Nothing stands before it, so nobody may claim to speak for another address.
                *("--no-proxy-headers", "--timeout-graceful-shutdown", "2"),
            ),
            env,
        ),
    ]
