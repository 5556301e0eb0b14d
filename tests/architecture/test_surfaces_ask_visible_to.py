"""A page begins with what its reader may see."""

import ast
from pathlib import Path

from tests.architecture.sources import name_of, sources, tree_of

SURFACES = sources("cases/portal", "cases/console", "cases/api", "helpdesk/pages")


def test_surfaces_reach_cases_only_through_visible_to() -> None:
    words = {name_of(path): set(_first_words(path)) for path in SURFACES}
    assert {name: first for name, first in words.items() if not first <= {"visible_to"}} == {}


def test_surfaces_never_reach_messages_directly() -> None:
    words = {name_of(path): path.read_text("utf-8") for path in SURFACES}
    assert [name for name, text in words.items() if "Message.objects" in text] == []


def test_the_rule_sees_something() -> None:
    assert sum(len(_first_words(path)) for path in SURFACES) > 3


def _first_words(path: Path) -> list[str]:
    """What each `Case.objects` is followed by."""
    return [
        node.attr
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Case.objects"
    ]
