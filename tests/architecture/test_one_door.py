"""A case changes its state through one door, and news is announced from one place."""

import ast

from tests.architecture.sources import name_of, sources, tree_of

DOOR = "cases/actions/moving.py"
ROOMS = sources("cases", "helpdesk/pages", "helpdesk/demo")


def test_only_the_door_assigns_the_state_of_a_case() -> None:
    assert [name for name in _changing() if name != DOOR] == []


def test_the_door_does_assign_it() -> None:
    assert DOOR in _changing()


def test_only_its_door_assigns_the_state_of_a_defect() -> None:
    assigning = [
        name_of(path) for path in sources("cases") if "defect.state =" in path.read_text("utf-8")
    ]
    assert assigning == ["cases/defects/actions/moving.py"]


def test_rooms_announce_no_news_themselves() -> None:
    rooms = {name_of(path): path.read_text("utf-8") for path in sources("cases")}
    assert [name for name, words in rooms.items() if "journal.tasks" in words] == []
    assert [name for name, words in rooms.items() if "journal import tasks" in words] == []


def _changing() -> list[str]:
    return [
        name_of(path)
        for path in ROOMS
        if any(_assigns_state(node) or _updates_state(node) for node in ast.walk(tree_of(path)))
    ]


def _assigns_state(node: ast.AST) -> bool:
    if not isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(
        isinstance(target, ast.Attribute)
        and target.attr == "state"
        and isinstance(target.value, ast.Name)
        and target.value.id in {"case", "locked"}
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
