"""Brings the database up to date and fills it once, and skips both when nothing changed."""

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

from helpdesk.embedded import processes
from helpdesk.embedded.failures import CannotStart
from helpdesk.embedded.places import PROJECT
from helpdesk.embedded.telling import say, step

DEMO, EMPTY = "demo", "empty"
ROOMS = ("helpdesk", "cases", "chat", "knowledgebase")


def prepare(env: Mapping[str, str], *, stamp: Path | None, logs: Path, demo: bool) -> bool:
    """Migrate, and fill a new database with demo data when `demo`; return whether it has them.

    `stamp` is a file beside the data that says what was done last, and for which state of the
    code; what a desk began with stays. None: the database is not ours, so look each time.
    Raises CannotStart.
    """
    code, filling = _state_of_the_code(), DEMO if demo else EMPTY
    last = stamp.read_text() if stamp and stamp.exists() else ""
    done_for, _, filled = last.strip().partition(" ")
    if done_for != code:
        with step("Bringing the database up to date"):
            _migrate(env, log=logs / "migrate.log")
    if not filled and demo:
        say("  Loading demo data:")
        _seed(env)
    if stamp:
        stamp.write_text(f"{code} {filled or filling}\n")
    return (filled or filling) == DEMO


def _state_of_the_code() -> str:
    """Digest all that decides the tables: our migrations, and the packages that bring theirs."""
    files = [PROJECT / "requirements.txt"]
    for room in ROOMS:
        files += sorted((PROJECT / room).glob("**/migrations/*.py"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(PROJECT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _migrate(env: Mapping[str, str], *, log: Path) -> None:
    log.unlink(missing_ok=True)
    if _manage("migrate", "--noinput", env=env, log=log) != 0:
        raise CannotStart(
            "The database could not be brought up to date. Each change is made wholly or not at "
            f"all, so the data are as after the last one that worked. {log} tells it all; "
            f"it ends with:\n{processes.tail(log)}"
        )


def _seed(env: Mapping[str, str]) -> None:
    if _manage("seed", "--once", env=env, log=None) != 0:
        raise CannotStart(
            "The demo data could not be loaded; what went wrong stands above. "
            "`./waratah run --no-demo` starts without them."
        )


def _manage(*arguments: str, env: Mapping[str, str], log: Path | None) -> int:
    process = processes.start(
        [sys.executable, "manage.py", *arguments], env=env, folder=PROJECT, log=log
    )
    try:
        return process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
