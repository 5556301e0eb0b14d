"""Each rule about promises, and each failure of other desks, is answered by a test that names it.

The rows are those of the page on promises: the rules of part 3, the events of part 4 in the order
of its table, the lessons of part 8.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
RULES = [f"3.{number}" for number in range(1, 7)]
EVENTS = [f"4.{number}" for number in range(1, 16)]
LESSONS = [f"8.{number}" for number in range(1, 15)]
_NAMED = re.compile(r"`sla\.md` (\d+\.\d+)")


def rows_named_by_tests() -> Iterator[str]:
    """What the docstring of a test itself names: a module alone proves nothing."""
    for file in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield from _NAMED.findall(ast.get_docstring(node) or "")


NAMED = set(rows_named_by_tests())


@pytest.mark.parametrize("row", [*RULES, *EVENTS, *LESSONS])
def test_a_rule_about_promises_is_answered(row: str) -> None:
    assert row in NAMED


def test_no_test_names_a_rule_that_is_not_there() -> None:
    assert {*RULES, *EVENTS, *LESSONS} >= NAMED
