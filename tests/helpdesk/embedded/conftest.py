"""Small programs to be supervised, and a supervisor that leaves none of them behind."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpdesk.embedded import processes
from helpdesk.embedded.supervising import Supervisor


@dataclass(frozen=True)
class Script:
    """A Python program of one line."""

    name: str
    code: str
    folder: Path

    how = signal.SIGTERM
    within = 0.5

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", self.code]
        return processes.start(command, env={}, folder=self.folder, log=self.log)


@dataclass
class Heard:
    """The sentences that were said."""

    sentences: list[str]

    def __call__(self, sentence: str) -> None:
        self.sentences.append(sentence)


@pytest.fixture
def heard() -> Heard:
    return Heard([])


@pytest.fixture
def supervisor(tmp_path: Path, heard: Heard) -> Iterator[Supervisor]:
    supervisor = Supervisor(tmp_path, say=heard)
    yield supervisor
    supervisor.stop()


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder whose path leaves room for a socket's name; the server's account may pass."""
    with tempfile.TemporaryDirectory(prefix="waratah-test-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)
