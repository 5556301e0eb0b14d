"""Processes of a desk that was killed: each start writes down what it starts, the next ends it.

On Linux they die with the supervisor and may just be on their way out; elsewhere they live on.
"""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import cast

SECONDS_TO_END = 20.0
PROCESSES = Path("/proc")


def write_down(process: subprocess.Popen[bytes], *, name: str, folder: Path) -> None:
    """Note in `folder` that `process` is ours, with its command line: a pid may be used again."""
    # From what we asked for: just after its start the system may not know the command line yet.
    command = " ".join(cast("list[str]", process.args))
    (folder / f"{name}.pid").write_text(f"{process.pid}\n{command}\n")


def strike_out(name: str, *, folder: Path) -> None:
    """Forget a process that has ended."""
    (folder / f"{name}.pid").unlink(missing_ok=True)


def end_leftovers(folder: Path) -> list[str]:
    """End whatever an earlier desk left behind; return the names of what was still running."""
    ended = []
    for note in sorted(folder.glob("*.pid")):
        pid, _, command = note.read_text().strip().partition("\n")
        if command and _command_of(int(pid)) == command:
            _end(int(pid), command=command)
            ended.append(note.stem)
        note.unlink()
    return ended


def _end(pid: int, *, command: str) -> None:
    """SIGINT is PostgreSQL's quick and clean end, and it ends the others too."""
    for how, seconds in ((signal.SIGINT, SECONDS_TO_END), (signal.SIGKILL, SECONDS_TO_END)):
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if _command_of(pid) != command:
                return
            time.sleep(0.05)


def _command_of(pid: int) -> str | None:
    """Return the command line of the process `pid`; None: there is none."""
    if PROCESSES.is_dir():
        try:
            words = (PROCESSES / str(pid) / "cmdline").read_text(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return None
        return words.replace("\0", " ").strip() or None
    found = subprocess.run(  # noqa: S603
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or None
