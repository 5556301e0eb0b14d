"""Preparing a database, with a `manage.py` that only writes down what it was asked for."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from helpdesk.embedded import preparing
from helpdesk.embedded.failures import CannotStart

MANAGE = """
import os, sys
open("calls", "a").write(" ".join(sys.argv[1:]) + "\\n")
sys.exit("No room on the disk." if os.environ.get("FAILING") == sys.argv[1] else 0)
"""


@dataclass(frozen=True)
class Project:
    folder: Path

    def prepare(self, *, demo: bool = True, failing: str = "") -> bool:
        return preparing.prepare(
            {"FAILING": failing}, stamp=self.folder / "stamp", logs=self.folder, demo=demo
        )

    def calls(self) -> list[str]:
        return (self.folder / "calls").read_text().splitlines()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(preparing, "PROJECT", tmp_path)
    (tmp_path / "manage.py").write_text(MANAGE)
    (tmp_path / "requirements.txt").write_text("one==1\n")
    (tmp_path / "cases" / "migrations").mkdir(parents=True)
    return Project(tmp_path)


def test_a_new_database_is_migrated_and_filled_and_then_left_alone(project: Project) -> None:
    assert project.prepare()
    assert project.prepare()
    assert project.calls() == ["migrate --noinput", "seed --once"]


def test_a_new_migration_is_applied_and_nothing_is_filled_again(project: Project) -> None:
    project.prepare()
    (project.folder / "cases" / "migrations" / "0002_more.py").touch()
    assert project.prepare()
    assert project.calls() == ["migrate --noinput", "seed --once", "migrate --noinput"]


def test_new_packages_may_bring_migrations_too(project: Project) -> None:
    project.prepare()
    (project.folder / "requirements.txt").write_text("one==2\n")
    project.prepare()
    assert project.calls()[2:] == ["migrate --noinput"]


def test_a_desk_that_began_without_demo_data_never_gets_them(project: Project) -> None:
    assert not project.prepare(demo=False)
    assert not project.prepare(demo=True)
    assert project.calls() == ["migrate --noinput"]


def test_a_failed_migration_is_told_and_tried_again_at_the_next_start(project: Project) -> None:
    with pytest.raises(CannotStart, match=r"could not be brought up to date(.|\n)*No room on the"):
        project.prepare(failing="migrate")
    assert project.prepare()
    assert project.calls() == ["migrate --noinput", "migrate --noinput", "seed --once"]


def test_demo_data_that_could_not_be_loaded_are_loaded_at_the_next_start(project: Project) -> None:
    with pytest.raises(CannotStart, match="The demo data could not be loaded"):
        project.prepare(failing="seed")
    assert project.prepare()
    assert project.calls()[2:] == ["migrate --noinput", "seed --once"]
