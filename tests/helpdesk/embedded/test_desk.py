import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from helpdesk.embedded.holding import held
from helpdesk.embedded.places import PROJECT


def start(data: Path, *, port: int = 0) -> tuple[int, str]:
    """Start a desk that cannot run; return its exit code and the sentence that it ends with."""
    ended = subprocess.run(
        [sys.executable, "-m", "helpdesk.embedded", "--port", str(port), "--smtp-port", "0"],
        cwd=PROJECT,
        env=without_servers() | {"DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return ended.returncode, ended.stderr


def without_servers() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "REDIS_URL"}
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def test_one_command_serves_and_one_signal_stops_it_all(short_path: Path) -> None:
    port, smtp_port = free_port(), free_port()
    ports = ("--port", str(port), "--smtp-port", str(smtp_port))
    desk = subprocess.Popen(
        [sys.executable, "-m", "helpdesk.embedded", "--no-demo", *ports],
        cwd=PROJECT,
        env=without_servers() | {"DATA_DIR": str(short_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert desk.stdout
    assert any(line.startswith("Waratah is ready") for line in desk.stdout)
    urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz").close()
    socket.create_connection(("127.0.0.1", smtp_port)).close()
    desk.terminate()
    last = desk.communicate(timeout=60)[0].splitlines()[-1]
    assert (desk.returncode, last) == (0, f"Stopped. Your data are kept in {short_path}.")
    assert [file.name for file in (short_path / "run").iterdir()] == ["lock"]


def test_a_taken_port_is_answered_with_another_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, sentence = start(tmp_path, port=port)
    assert code == 1
    assert sentence == (
        f"Waratah cannot listen on port {port} of 127.0.0.1 (Address already in use). "
        f"Choose another one: ./waratah run --port {port + 1}\n"
    )
    assert not (tmp_path / "postgres").exists()


def test_a_second_desk_on_the_same_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with held(tmp_path / "run", note="process 7, http://localhost:8000"):
        code, sentence = start(tmp_path)
    assert code == 1
    assert sentence.startswith("This desk runs already: process 7, http://localhost:8000.")


def test_a_data_folder_that_cannot_be_written_is_refused_without_a_traceback(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    code, sentence = start(tmp_path / "file" / "data")
    assert code == 1
    assert sentence.startswith(f"Waratah keeps its data in {tmp_path}/file/data, and cannot write")


def test_broken_data_stop_the_start_and_stay_as_they_are(short_path: Path) -> None:
    (short_path / "postgres").mkdir()
    (short_path / "postgres" / "letter.txt").write_text("mine")
    code, sentence = start(short_path)
    assert code == 1
    assert "holds no database that PostgreSQL can read" in sentence
    assert (short_path / "postgres" / "letter.txt").read_text() == "mine"


def test_what_was_started_before_a_failure_is_stopped(short_path: Path) -> None:
    (short_path / "valkey").touch()
    code, sentence = start(short_path)
    assert code == 1
    assert "valkey" in sentence
    assert not (short_path / "postgres" / "postmaster.pid").exists()
    assert list((short_path / "run").glob("*.pid")) == []
