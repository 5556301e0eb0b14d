"""A case changes its state through one door, and news is announced from one place."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import name_of, sources, tree_of

DOOR = "cases/actions/moving.py"
ROOMS = [path for path in sources("cases", "helpdesk/pages", "helpdesk/demo")]


def _assigns_state(node: ast.AST) -> bool:
    if not isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(
        isinstance(target, ast.Attribute)
        and target.attr == "state"
        and isinstance(target.value, ast.Name)
        and target.value.id in {"case", "locked", "self"}
        for target in targets
    )


def _updates_state(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"update", "bulk_update"}
        and "Case.objects" in ast.unparse(node.func)
        and any(keyword.arg == "state" for keyword in node.keywords)
    )


@pytest.mark.parametrize("path", [path for path in ROOMS if name_of(path) != DOOR], ids=name_of)
def test_only_the_door_assigns_the_state_of_a_case(path: Path) -> None:
    found = [
        node for node in ast.walk(tree_of(path)) if _assigns_state(node) or _updates_state(node)
    ]
    assert [ast.unparse(node) for node in found] == []


def test_the_door_does_assign_it() -> None:
    door = next(path for path in ROOMS if name_of(path) == DOOR)
    assert any(_assigns_state(node) for node in ast.walk(tree_of(door)))


@pytest.mark.parametrize("path", sources("cases"), ids=name_of)
def test_rooms_announce_nothing_themselves(path: Path) -> None:
    assert "on_commit" not in path.read_text("utf-8")
