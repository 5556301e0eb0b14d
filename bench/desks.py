"""Desks for measuring: servers of their own, cases by the thousand, pages by gunicorn.

`with desk(folder, cases=1_000) as it:` starts PostgreSQL and Valkey on `folder`, seeds it the
first time, and serves the desk and the bare views beside it. Knows no Django itself.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpdesk.embedded import processes
from helpdesk.embedded.postgres import Postgres
from helpdesk.embedded.valkey import Valkey

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
SECONDS_TO_SERVE = 60
# Threads and workers as in the image.
GUNICORN = (
    *("-m", "gunicorn", "--worker-class", "gthread", "--threads", "8"),
    *("--workers", str(WORKERS), "--keep-alive", "60"),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A running desk: where it listens, and the processes whose work counts."""

    cases: int
    port: int
    bare_port: int
    env: dict[str, str]
    servers: tuple[int, ...]
    web: int
    bare_web: int

    def ask(self, module: str, *arguments: str) -> Any:
        """What `python -m module` prints as JSON, run on this desk."""
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, env=self.env, cwd=ROOT, check=True, capture_output=True)
        return json.loads(done.stdout)


@contextlib.contextmanager
def desk(folder: Path, *, cases: int) -> Iterator[Desk]:
    """Run a desk with `cases` cases on the data in `folder`, made when they are not there."""
    folder.mkdir(parents=True, exist_ok=True)
    # The account that runs PostgreSQL for root must pass through.
    folder.chmod(0o711)
    postgres = Postgres(folder / "postgres", sockets=folder / "run", log=folder / "postgres.log")
    valkey = Valkey(folder / "valkey", log=folder / "valkey.log", throw_away=True)
    with contextlib.ExitStack() as running:
        servers = tuple(_started(server, running) for server in (postgres, valkey))
        env = os.environ | {
            "DATABASE_URL": postgres.url,
            "REDIS_URL": valkey.url,
            "DATA_DIR": str(folder / "data"),
            "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
            "PYTHONPATH": str(ROOT),
        }
        for command in (["migrate", "--verbosity=0"], ["seed", f"--cases={cases}"]):
            subprocess.run([sys.executable, "manage.py", *command], env=env, cwd=ROOT, check=True)
        web, port = _serve("helpdesk.wsgi", env, folder / "web.log", running)
        bare_web, bare_port = _serve("bench.bare.wsgi", env, folder / "bare.log", running)
        yield Desk(cases, port, bare_port, env, servers, web, bare_web)


def _started(server: Postgres | Valkey, running: contextlib.ExitStack) -> int:
    process = server.start()
    running.callback(processes.stop, process, how=server.how, within=server.within)
    return process.pid


def _serve(
    module: str, env: dict[str, str], log: Path, running: contextlib.ExitStack
) -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    command = [sys.executable, *GUNICORN, "--bind", f"127.0.0.1:{port}", f"{module}:application"]
    with log.open("w") as output:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=output, stderr=output)
    running.callback(process.wait)
    running.callback(process.terminate)
    deadline = time.monotonic() + SECONDS_TO_SERVE
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return process.pid, port
        time.sleep(0.1)
    raise TimeoutError(f"{module} does not serve; {log} says why.")
