"""The embedded desk from its first sentence to its last."""

import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from helpdesk.embedded import leftovers, places
from helpdesk.embedded.children import children
from helpdesk.embedded.failures import CannotStart
from helpdesk.embedded.holding import held
from helpdesk.embedded.places import PROJECT, Places
from helpdesk.embedded.postgres import Postgres
from helpdesk.embedded.preparing import prepare
from helpdesk.embedded.supervising import Supervisor
from helpdesk.embedded.telling import Running, say, step, tell
from helpdesk.embedded.valkey import Valkey
from helpdesk.embedded.wishes import Wishes

SECONDS_TO_SERVE = 60.0
LARGEST_LOG = 5_000_000
# Names, in the environment that `addresses.env` gives, the variables that came from there.
OURS = "EMBEDDED_SERVERS"


def run_desk(wishes: Wishes) -> None:
    """Start everything, keep it running until an interrupt, then stop everything.

    Raises CannotStart when it cannot run; then, too, nothing is left running.
    """
    began = time.monotonic()
    where = places.prepared(Path(os.environ.get("DATA_DIR") or PROJECT / ".data"))
    address = os.environ.get("SITE_URL") or f"http://localhost:{wishes.port}"
    with held(where.run, note=f"process {os.getpid()}, {address}"):
        _refuse_a_taken_port(wishes)
        say("Waratah is starting; Ctrl-C stops it.")
        _make_room(where)
        supervisor = Supervisor(where.run, say=say)
        try:
            running = _start(supervisor, where=where, wishes=wishes, address=address)
            tell(running, took=time.monotonic() - began)
            supervisor.watch()
        finally:
            say("\nWaratah is stopping.")
            supervisor.stop()
            where.addresses.unlink(missing_ok=True)
            say(f"Stopped. Your data are kept in {where.data}.")


def _refuse_a_taken_port(wishes: Wishes) -> None:
    try:
        with socket.create_server((wishes.host, wishes.port)):
            return
    except OSError as error:
        raise CannotStart(
            f"Waratah cannot listen on port {wishes.port} of {wishes.host} "
            f"({os.strerror(error.errno) if error.errno else error}). "
            f"Choose another one: ./waratah run --port {wishes.port + 1}"
        ) from error


def _make_room(where: Places) -> None:
    """End what a killed desk left, and lay long logs aside."""
    if ended := leftovers.end_leftovers(where.run):
        say(f"  Ended what an interrupted desk had left running: {', '.join(ended)}.")
    for log in where.logs.glob("*.log"):
        if log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.1"))


def _start(supervisor: Supervisor, *, where: Places, wishes: Wishes, address: str) -> Running:
    env = {**_given(), "DATA_DIR": str(where.data), "SITE_URL": address}
    started = _start_servers(supervisor, env=env, where=where)
    ours = "DATABASE_URL" in started
    prepare(
        env | started,
        stamp=where.postgres / "waratah.prepared" if ours else None,
        logs=where.logs,
        demo=wishes.demo,
    )
    with step("Starting web, worker and beat"):
        for child in children(env | started, host=wishes.host, port=wishes.port):
            supervisor.start(child)
        supervisor.wait(until=lambda: _serves(wishes), within=SECONDS_TO_SERVE)
    return Running(
        address,
        where=where,
        demo=wishes.demo,
        database=f"socket in {where.sockets}" if ours else "yours, from DATABASE_URL",
        redis=_port_of(started["REDIS_URL"]) if "REDIS_URL" in started else "yours, from REDIS_URL",
        web=f"{wishes.host}:{wishes.port}",
    )


def _given() -> dict[str, str]:
    """Return our environment without the servers of an earlier desk, killed, that Django found."""
    stale = os.environ.get(OURS, "").split(",")
    given = {name: value for name, value in os.environ.items() if name not in {OURS, *stale}}
    # One arena more for each thread costs more memory than it saves time.
    return {"MALLOC_ARENA_MAX": "2", **given}


def _start_servers(
    supervisor: Supervisor, *, env: Mapping[str, str], where: Places
) -> dict[str, str]:
    """Start the servers that `env` does not name; return the variables that name them."""
    started = {}
    if "DATABASE_URL" not in env:
        postgres = Postgres(where.postgres, where.sockets, where.logs / "postgres.log")
        with step("Starting PostgreSQL"):
            supervisor.start(postgres)
        started["DATABASE_URL"] = postgres.url
    if "REDIS_URL" not in env:
        valkey = Valkey(where.valkey, where.logs / "valkey.log")
        with step("Starting Valkey"):
            supervisor.start(valkey)
        started["REDIS_URL"] = valkey.url
    _publish(started, to=where.addresses)
    return started


def _publish(servers: dict[str, str], *, to: Path) -> None:
    """Let `manage.py` in another terminal find the servers that we started."""
    to.unlink(missing_ok=True)
    with open(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in servers.items())
        file.write(f"{OURS}={','.join(servers)}\n")


def _port_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}, behind a password"


def _serves(wishes: Wishes) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(wishes.host, wishes.host)  # noqa: S104
    name = f"[{host}]" if ":" in host else host
    try:
        urllib.request.urlopen(f"http://{name}:{wishes.port}/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
