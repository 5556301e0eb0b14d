"""Children that never outlive us: they die with their parent, however it ends."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from helpdesk.embedded.account import Account, become

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)


Process = subprocess.Popen[bytes]


def start(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    folder: Path,
    log: Path | None = None,
    account: Account | None = None,
    at_parents_death: signal.Signals = signal.SIGKILL,
    question: str = "",
) -> subprocess.Popen[bytes]:
    """Start `command` in `folder`, in a session of its own, so that Ctrl-C reaches only us.

    Its input is `question`; its output goes to the end of `log`, or where ours goes. As
    `account`, when one is given. On Linux the kernel sends it `at_parents_death` when this
    process ends, even by `kill -9`.
    """
    with contextlib.ExitStack() as opened:
        output = opened.enter_context(log.open("ab")) if log else None
        process = subprocess.Popen(  # noqa: S603
            [str(part) for part in command],
            env=dict(env),
            cwd=folder,
            stdin=subprocess.PIPE if question else subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
            preexec_fn=_before_the_command(account, at_parents_death),
        )
    if process.stdin:
        with process.stdin as pipe:
            pipe.write(question.encode())
    return process


def stop(process: subprocess.Popen[bytes], *, how: signal.Signals, within: float) -> None:
    """Ask `process` to end by the signal `how`; kill it when `within` seconds did not suffice."""
    if process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(timeout=within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def tail(log: Path, *, lines: int = 5) -> str:
    """Return the last words of a process, for the sentence that tells of its end."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _before_the_command(account: Account | None, at_parents_death: int) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        if account:
            become(account)
        if sys.platform == "linux":
            # After the change of account, which clears it.
            LIBC.prctl(PR_SET_PDEATHSIG, at_parents_death)
            if os.getppid() != parent:
                os._exit(1)

    return prepare
