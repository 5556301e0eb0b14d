"""What others made lies in the tree with its licence, in the version of package.json."""

import json
from pathlib import Path

WANTED = json.loads(Path("package.json").read_text("utf-8"))["devDependencies"]
HAVE = {
    name: kept
    for root in ("static", "tests")
    for name, kept in json.loads(Path(root, "vendor/versions.json").read_text("utf-8")).items()
}


def test_what_package_json_asks_for_is_what_lies_here() -> None:
    assert {name: kept["version"] for name, kept in HAVE.items()} == WANTED


def test_each_has_its_licence_beside_it() -> None:
    assert [
        name for name, kept in HAVE.items() if not Path(kept["folder"], "LICENSE").exists()
    ] == []


def test_the_lock_names_no_registry() -> None:
    assert '"resolved"' not in Path("package-lock.json").read_text("utf-8")


def test_no_folder_lies_here_without_a_name() -> None:
    folders = {path.as_posix() for path in Path("static/vendor").iterdir() if path.is_dir()}
    assert folders == {kept["folder"] for kept in HAVE.values() if "static" in kept["folder"]}
