"""A page begins with what its reader may see."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import name_of, sources, tree_of

SURFACES = [
    *sources("cases/portal", "cases/console", "cases/api"),
    *sources("helpdesk/pages"),
]


def _first_words(path: Path) -> list[str]:
    """What each `Case.objects` is followed by."""
    return [
        node.attr
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Case.objects"
    ]


@pytest.mark.parametrize("path", SURFACES, ids=name_of)
def test_surfaces_reach_cases_only_through_visible_to(path: Path) -> None:
    assert set(_first_words(path)) <= {"visible_to"}


@pytest.mark.parametrize("path", SURFACES, ids=name_of)
def test_surfaces_never_reach_messages_directly(path: Path) -> None:
    assert "Message.objects" not in path.read_text("utf-8")


def test_the_rule_sees_something() -> None:
    assert sum(len(_first_words(path)) for path in SURFACES) > 3
