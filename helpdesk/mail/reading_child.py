"""The process that reads mails, with limits; `reading_apart.py` starts it and talks to it.

It is told how many seconds of processor time a mail may take. It gets a mail with its length in
front on standard input and answers in the same way on standard output, one after the other, until
its input ends: it never outlives who started it. It loads neither Django nor settings, and knows
no secret.
"""

import io
import os
import pickle
import resource
import struct
import sys
from collections.abc import Callable

from helpdesk.mail.reading import read

MEMORY_BYTES = 512 * 1024 * 1024
LENGTH = struct.Struct(">Q")
READ, FAILED = b"R", b"F"


def serve(read: Callable[[bytes], object], *, cpu_seconds: int) -> None:
    """Answer mail after mail with what `read` makes of it."""
    take, give = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # A library that prints must not speak into the answers.
    os.dup2(2, 1)
    limit_memory()
    while raw := take_frame(take):
        limit_time(cpu_seconds)
        give_frame(give, _answer(read, raw))


def take_frame(stream: io.BufferedReader) -> bytes:
    """Return the next frame, empty at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return b""
    return stream.read(LENGTH.unpack(head)[0])


def give_frame(stream: io.BufferedWriter, frame: bytes) -> None:
    stream.write(LENGTH.pack(len(frame)))
    stream.write(frame)
    stream.flush()


def limit_memory() -> None:
    """No more than 512 MB of data, and no dump of a mail in a core file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))


def limit_time(cpu_seconds: int) -> None:
    """So much processor time from now on; then the kernel ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def _answer(read: Callable[[bytes], object], raw: bytes) -> bytes:
    try:
        return READ + pickle.dumps(read(raw), protocol=5)
    except MemoryError:
        return FAILED + b"Reading the mail needs more than 512 MB of memory."
    except Exception as error:  # noqa: BLE001 - whatever a mail does to the parser is an answer
        detail = f"{type(error).__name__}: {error}"[:500]
        return FAILED + f"The mail cannot be read ({detail}).".encode("utf-8", "replace")


if __name__ == "__main__":
    serve(read, cpu_seconds=int(sys.argv[1]))
