import subprocess
import sys
from pathlib import Path

from helpdesk.embedded import leftovers


def a_process() -> subprocess.Popen[bytes]:
    """Start a process and return when it runs: before, it has no command line to be known by."""
    code = "import time; print('here', flush=True); time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout
    with process.stdout as words:
        words.readline()
    return process


def test_what_a_killed_desk_left_running_is_ended(tmp_path: Path) -> None:
    process = a_process()
    leftovers.write_down(process, name="worker", folder=tmp_path)
    assert leftovers.end_leftovers(tmp_path) == ["worker"]
    assert process.wait(timeout=5) != 0
    assert list(tmp_path.iterdir()) == []


def test_a_stranger_who_got_the_same_number_is_left_alone(tmp_path: Path) -> None:
    stranger = a_process()
    (tmp_path / "worker.pid").write_text(f"{stranger.pid}\npython -m celery\n")
    assert leftovers.end_leftovers(tmp_path) == []
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_what_has_ended_by_itself_is_only_forgotten(tmp_path: Path) -> None:
    process = a_process()
    leftovers.write_down(process, name="worker", folder=tmp_path)
    process.kill()
    process.wait()
    assert leftovers.end_leftovers(tmp_path) == []
    assert list(tmp_path.iterdir()) == []
