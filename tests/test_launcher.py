"""The launcher on machines that lack something, played by a Python of a few lines of shell."""

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
TOOLS = ("sh", "dirname", "cat", "cksum", "rm", "mkdir", "cp", "cut")
PYTHON = """#!/bin/sh
echo "$*" >>"$CALLS"
case "$*" in
    *platform*) echo "$VERSION" ;;
    *version_info*) [ "$VERSION" = 3.12.1 ] ;;
    *ensurepip*) [ -z "${NO_VENV:-}" ] ;;
    --version) echo "Python $VERSION" ;;
    "-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    *install*) [ -z "${OFFLINE:-}" ] ;;
esac
"""


@dataclass
class Machine:
    """A folder with the launcher, and a PATH on which there is only what it may use."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    def launch(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["./waratah", *arguments],
            cwd=self.folder,
            env={
                "PATH": str(self.folder / "bin"),
                "CALLS": str(self.folder / "calls"),
                "VERSION": "3.12.1",
                **self.env,
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        return (self.folder / "calls").read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (tmp_path / "bin" / tool).symlink_to(found)
    shutil.copy(PROJECT / "waratah", tmp_path)
    for name in ("requirements-installer.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("one==1\n")
    python = tmp_path / "bin" / "python3"
    python.write_text(PYTHON)
    python.chmod(0o755)
    return Machine(tmp_path)


def test_the_first_call_sets_up_and_the_second_does_nothing(machine: Machine) -> None:
    assert machine.launch("setup").stdout.endswith("Set up.\n")
    before = machine.calls()
    assert machine.launch("setup").stdout == ""
    assert machine.calls() == before


def test_changed_requirements_are_installed_again(machine: Machine) -> None:
    machine.launch("setup")
    (machine.folder / "requirements-dev.txt").write_text("one==2\n")
    assert machine.launch("setup").stdout.endswith("Set up.\n")
    assert sum("requirements-dev.txt" in call for call in machine.calls()) == 2


def test_everything_is_installed_by_its_hash(machine: Machine) -> None:
    machine.launch("setup")
    installs = [call for call in machine.calls() if "install" in call]
    assert len(installs) == 2
    assert all("--require-hashes" in call for call in installs)


def test_a_machine_without_python_is_told_what_to_install(machine: Machine) -> None:
    (machine.folder / "bin" / "python3").unlink()
    answer = machine.launch("run")
    assert answer.returncode == 1
    assert answer.stderr.startswith("Waratah needs Python 3.11 to 3.14, and there is no Python")


def test_an_old_python_is_named(machine: Machine) -> None:
    machine.env["VERSION"] = "3.9.18"
    answer = machine.launch("run")
    assert answer.returncode == 1
    assert answer.stderr.startswith("Waratah needs Python 3.11 to 3.14; here is only 3.9.18.")


def test_a_python_without_venv_is_told_which_package_brings_it(machine: Machine) -> None:
    machine.env["NO_VENV"] = "yes"
    answer = machine.launch("run")
    assert answer.returncode == 1
    assert "its module venv is missing" in answer.stderr
    assert "apt-get install python3-venv" in answer.stderr


def test_a_machine_without_network_tries_pip_too_and_says_what_to_check(machine: Machine) -> None:
    machine.env["OFFLINE"] = "yes"
    answer = machine.launch("run")
    assert answer.returncode == 1
    assert "trying with pip" in answer.stdout
    assert "check the network" in answer.stderr
    assert not (machine.folder / ".venv" / "waratah-setup").exists()


def test_an_unknown_command_is_answered_with_the_known_ones(machine: Machine) -> None:
    answer = machine.launch("rnu")
    assert answer.returncode == 2
    assert "./waratah run" in answer.stderr
