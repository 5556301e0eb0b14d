"""The embedded desk from its first sentence to its last."""

import contextlib
import os
import socket
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from helpdesk.embedded import leftovers, places
from helpdesk.embedded.children import children
from helpdesk.embedded.environment import given, missing, publish
from helpdesk.embedded.failures import CannotStart
from helpdesk.embedded.holding import held
from helpdesk.embedded.places import PROJECT, Places
from helpdesk.embedded.postgres import Postgres
from helpdesk.embedded.preparing import prepare
from helpdesk.embedded.supervising import Supervisor
from helpdesk.embedded.telling import say, step, tell
from helpdesk.embedded.valkey import Valkey
from helpdesk.embedded.wishes import Wishes

SECONDS_TO_SERVE = 120.0
LARGEST_LOG = 5_000_000
# What another terminal needs to be part of the desk.
PUBLISHED = ("DATABASE_URL", "REDIS_URL", "SITE_URL", "MAIL_CATCHER", "MAIL_INBOUND_SECRETS")


def run_desk(wishes: Wishes) -> None:
    """Start everything, keep it running until an interrupt, then stop everything.

    Raises CannotStart when it cannot run; then, too, nothing is left running.
    """
    began = time.monotonic()
    env = given(os.environ)
    where = places.prepared(Path(env.get("DATA_DIR", PROJECT / ".data")))
    env |= missing(env, where=where, port=wishes.port)
    with held(where.run, note=f"process {os.getpid()}, {env['SITE_URL']}"):
        say("Waratah is starting; Ctrl-C stops it.")
        _make_room(where)
        _refuse_a_taken_port(wishes.host, wishes.port, option="--port")
        _refuse_a_taken_port("127.0.0.1", wishes.smtp_port, option="--smtp-port")
        supervisor = Supervisor(where.run, say=say)
        try:
            servers = _start_servers(supervisor, env=env, where=where)
            env |= servers
            publish({name: env[name] for name in PUBLISHED if name in env}, to=where.addresses)
            stamp = where.postgres / "waratah.prepared" if "DATABASE_URL" in servers else None
            has_demo = prepare(env, stamp=stamp, logs=where.logs, demo=wishes.demo)
            _start_programs(supervisor, env=env, where=where, wishes=wishes)
            say(f"\nWaratah is ready after {time.monotonic() - began:.1f} s.")
            tell(env, where=where, wishes=wishes, has_demo=has_demo)
            supervisor.watch()
        finally:
            say("\nWaratah is stopping.")
            supervisor.stop()
            where.addresses.unlink(missing_ok=True)
            say(f"Stopped. Your data are kept in {where.data}.")


def _make_room(where: Places) -> None:
    """End what a killed desk left, and lay long logs aside."""
    if ended := leftovers.end_leftovers(where.run):
        say(f"  Ended what an interrupted desk had left running: {', '.join(ended)}.")
    for log in where.logs.glob("*.log"):
        if log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.1"))


def _refuse_a_taken_port(host: str, port: int, *, option: str) -> None:
    try:
        with socket.create_server((host, port)):
            return
    except OSError as error:
        raise CannotStart(
            f"Waratah cannot listen on port {port} of {host} "
            f"({os.strerror(error.errno) if error.errno else error}). "
            f"Choose another one: ./waratah run {option} {port + 1}"
        ) from error


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
    return started


def _start_programs(
    supervisor: Supervisor, *, env: Mapping[str, str], where: Places, wishes: Wishes
) -> None:
    """Start what works on the servers; return when pages are served."""
    with step("Starting web, worker and beat"):
        for child in children(env, wishes=wishes, logs=where.logs):
            supervisor.start(child)
        supervisor.wait(until=lambda: _serves(wishes), within=SECONDS_TO_SERVE)


def _serves(wishes: Wishes) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(wishes.host, wishes.host)  # noqa: S104
    with contextlib.closing(HTTPConnection(host, wishes.port, timeout=5)) as connection:
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except (OSError, HTTPException):
            return False
    return True
