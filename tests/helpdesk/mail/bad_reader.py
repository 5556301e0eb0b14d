"""A parser that misbehaves in the way that the mail names."""

import os
import pickle
import sys
import time

from helpdesk.mail.reading import read
from helpdesk.mail.reading_child import serve


class Evil:
    """Unpickling this would run a command."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch /tmp/waratah-was-here",)


def read_badly(raw: bytes) -> object:
    if raw == b"burn":
        while True:
            pass
    if raw == b"sleep":
        time.sleep(60)
    if raw == b"eat":
        return [bytearray(64 * 1024 * 1024) for _ in range(64)]
    if raw == b"die":
        os._exit(3)
    if raw == b"raise":
        raise ValueError("bad bytes")
    if raw == b"evil":
        return Evil()
    if raw == b"print":
        sys.stdout.write("noise")
        sys.stdout.flush()
    if raw == b"other":
        return pickle.HIGHEST_PROTOCOL
    return read(raw)


if __name__ == "__main__":
    serve(read_badly, cpu_seconds=int(sys.argv[1]))
