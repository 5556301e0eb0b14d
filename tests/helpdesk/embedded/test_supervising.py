import os
import signal
import time
from pathlib import Path

import pytest

from helpdesk.embedded.failures import CannotStart
from helpdesk.embedded.supervising import Supervisor, signals_as_interrupts
from tests.helpdesk.embedded.conftest import Heard, Script

LASTING = "import time; time.sleep(60)"
FAILING = "raise SystemExit(3)"
DEAF = """
import signal, time
from pathlib import Path
signal.signal(signal.SIGTERM, signal.SIG_IGN)
Path("deaf").touch()
time.sleep(60)
"""


def test_a_child_that_ends_starts_again_after_a_pause(
    supervisor: Supervisor, heard: Heard, tmp_path: Path
) -> None:
    supervisor.start(Script("worker", LASTING, tmp_path))
    first = supervisor.watched[0].process
    first.kill()
    first.wait()
    supervisor.look(now=time.monotonic())
    supervisor.look(now=time.monotonic() + 1.1)
    assert supervisor.watched[0].process.poll() is None
    assert heard.sentences == [
        "worker ended (signal SIGKILL). It starts again in 1 s. "
        f"What it said is in {tmp_path / 'worker.log'}.",
        "worker runs again.",
    ]


def test_the_pause_grows_while_a_child_keeps_failing(
    supervisor: Supervisor, heard: Heard, tmp_path: Path
) -> None:
    supervisor.start(Script("worker", FAILING, tmp_path))
    now = time.monotonic()
    for seconds in (0, 1, 1, 3, 3):
        supervisor.watched[0].process.wait()
        supervisor.look(now=now + seconds)
    assert [said.split(". ")[1] for said in heard.sentences if "ended" in said] == [
        "It starts again in 1 s",
        "It starts again in 2 s",
        "It starts again in 4 s",
    ]


def test_a_minute_of_health_makes_the_pause_short_again(
    supervisor: Supervisor, heard: Heard, tmp_path: Path
) -> None:
    supervisor.start(Script("worker", FAILING, tmp_path))
    supervisor.watched[0].pause = 30.0
    supervisor.watched[0].process.wait()
    supervisor.look(now=time.monotonic() + 61)
    assert heard.sentences[0].startswith("worker ended (exit code 3). It starts again in 1 s.")


def test_a_child_that_ends_before_the_desk_is_ready_stops_the_start(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    supervisor.start(Script("web", "raise SystemExit('no such settings')", tmp_path))
    ended = r"web ended \(exit code 1\) before the desk was ready(.|\n)*no such settings"
    with pytest.raises(CannotStart, match=ended):
        supervisor.wait(until=lambda: False, within=10)


def test_stopping_ends_every_child_and_strikes_it_out(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    supervisor.start(Script("worker", LASTING, tmp_path))
    process = supervisor.watched[0].process
    assert (tmp_path / "worker.pid").exists()
    supervisor.stop()
    assert process.returncode == -signal.SIGTERM
    assert not (tmp_path / "worker.pid").exists()


def test_a_child_that_does_not_listen_is_killed(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(Script("worker", DEAF, tmp_path))
    supervisor.wait(until=(tmp_path / "deaf").exists, within=10)
    process = supervisor.watched[0].process
    supervisor.stop()
    assert process.returncode == -signal.SIGKILL


def test_a_second_interrupt_does_not_cut_the_cleaning_up_short() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted_twice(done)
    assert done == ["cleaned up"]


def interrupted_twice(done: list[str]) -> None:
    with signals_as_interrupts():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGINT)
            done.append("cleaned up")
