"""Reading a mail in a process of its own, so that no mail can take a worker down with it."""

import contextlib
import io
import os
import pickle
import selectors
import signal
import subprocess
import sys
import threading
import time
from typing import IO, Any

from django.conf import settings

from helpdesk.mail.reading import ReadMail
from helpdesk.mail.reading_child import LENGTH, READ, give_frame

CPU_SECONDS = 10
# On a loaded machine ten seconds of processor time may last longer.
WALL_SECONDS = 3 * CPU_SECONDS
# What a large mail needed is not given back to the system, so the child is replaced after one.
LARGE_BYTES = 4 * 1024 * 1024


class ReadingFailed(Exception):
    """The mail could not be read; the message says why in a sentence."""


def read_apart(raw: bytes) -> ReadMail:
    """Return what the parser makes of a mail, within 10 s of processor time and 512 MB.

    Raises ReadingFailed when it finds no end, needs too much, crashes or refuses.
    """
    return _reader.read(raw)


class Reader:
    """Keeps one child process, which reads one mail after the other."""

    def __init__(
        self,
        *,
        module: str = "helpdesk.mail.reading_child",
        cpu_seconds: int = CPU_SECONDS,
        wall_seconds: float = WALL_SECONDS,
    ) -> None:
        self._module = module
        self._cpu_seconds = cpu_seconds
        self._wall_seconds = wall_seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def read(self, raw: bytes) -> ReadMail:
        if not raw:
            raise ReadingFailed("The mail is empty.")
        with self._lock:
            answer = self._ask(raw)
            if len(raw) > LARGE_BYTES:
                self.end()
        if answer[:1] != READ:
            raise ReadingFailed(answer[1:].decode("utf-8", "replace"))
        return _unpickled(answer[1:])

    def _ask(self, raw: bytes) -> bytes:
        child = self._ready_child()
        assert child.stdin is not None  # noqa: S101 - Popen gave us both pipes
        assert child.stdout is not None  # noqa: S101
        deadline = time.monotonic() + self._wall_seconds
        try:
            give_frame(child.stdin, raw)  # type: ignore[arg-type]
            head = _read_exactly(child.stdout, LENGTH.size, deadline)
            return _read_exactly(child.stdout, LENGTH.unpack(head)[0], deadline)
        except TimeoutError:
            self.end()
            why = f"Reading the mail took longer than {self._wall_seconds:g} s."
            raise ReadingFailed(why) from None
        except (EOFError, BrokenPipeError):
            raise ReadingFailed(self._why_it_ended(self.end())) from None

    def _ready_child(self) -> "subprocess.Popen[bytes]":
        """The child of this very process: one that was inherited by a fork belongs to another."""
        if self._owner != os.getpid():
            self._child = None
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", self._module, str(self._cpu_seconds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=settings.BASE_DIR,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            )
            self._owner = os.getpid()
        return self._child

    @property
    def child_id(self) -> int | None:
        """The process id of the child, None while there is none."""
        return self._child.pid if self._child else None

    def end(self) -> int:
        """End the child and return its exit status."""
        child, self._child = self._child, None
        if child is None:
            return 0
        # One that has ended by itself keeps its own status: the signal reaches nobody.
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.wait(timeout=0.2)
        child.kill()
        return child.wait()

    def _why_it_ended(self, status: int) -> str:
        if status == -signal.SIGXCPU:
            return f"Reading the mail took more than {self._cpu_seconds} s of processor time."
        return f"Reading the mail ended the process that read it (status {status})."


_reader = Reader()


def _read_exactly(stream: IO[bytes], length: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while length:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            part = os.read(stream.fileno(), min(length, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
    return b"".join(parts)


def _unpickled(answer: bytes) -> ReadMail:
    mail = _OwnClassesOnly(io.BytesIO(answer)).load()
    if not isinstance(mail, ReadMail):
        raise ReadingFailed("The process that reads mails gave an answer that makes no sense.")
    return mail


_TIMES = {("datetime", "datetime"), ("datetime", "timezone"), ("datetime", "timedelta")}


class _OwnClassesOnly(pickle.Unpickler):
    """Builds the parser's own classes and times, nothing else: a hostile mail may own the child."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _TIMES:
            return super().find_class(module, name)
        if f"{module}.".startswith("helpdesk.mail.reading.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise ReadingFailed("The process that reads mails gave an answer that makes no sense.")
