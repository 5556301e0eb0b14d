"""Each attack and each fault that comes by mail is answered by a test that names its row.

The rows are those of the page on security: T for attacks, R for faults.
"""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
BY_MAIL = [
    *(f"T{number}" for number in range(1, 13)),
    *("T35", "T36"),
    *("R1", "R2", "R3", "R4", "R5", "R12", "R13", "R14", "R15", "R18", "R19", "R27", "R29", "R30"),
]
_ROWS = re.compile(r"([TR])(\d+)(?: to [TR](\d+))?")


def rows_named_in(docstring: str) -> set[str]:
    named = docstring.partition("security.md")[2]
    return {
        f"{kind}{number}"
        for kind, first, last in _ROWS.findall(named)
        for number in range(int(first), int(last or first) + 1)
    }


def docstrings() -> list[str]:
    modules = (ast.parse(file.read_text(encoding="utf-8")) for file in TESTS.rglob("test_*.py"))
    return [ast.get_docstring(module) or "" for module in modules]


NAMED = set().union(*(rows_named_in(docstring) for docstring in docstrings()))


@pytest.mark.parametrize("row", BY_MAIL)
def test_a_row_about_mail_is_answered(row: str) -> None:
    assert row in NAMED
