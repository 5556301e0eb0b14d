"""A file fits in the head."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT, functions, lines_of, name_of, sources, tree_of

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGEST_CLASS = 250
LONGEST_TEMPLATE = 160
ALL = [*sources(), *sources("tests", "bench")]


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_no_file_function_or_class_is_too_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE
    assert [node.name for node in functions(path) if lines_of(node) > LONGEST_FUNCTION] == []
    classes = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)]
    assert [node.name for node in classes if lines_of(node) > LONGEST_CLASS] == []


def test_no_template_is_too_long() -> None:
    long = [
        name_of(path)
        for path in (PROJECT / "templates").rglob("*.html")
        if len(path.read_text("utf-8").splitlines()) > LONGEST_TEMPLATE
    ]
    assert long == []
