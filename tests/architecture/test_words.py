"""Names that say nothing, and shortcuts that hide what happens, stay out."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PACKAGES, functions, name_of, sources, tree_of

NEVER = {"utils", "helpers", "common", "misc", "lib", "core", "services", "managers", "base"}
SIGNALS = {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}


def test_no_folder_or_file_has_a_name_that_says_nothing() -> None:
    parts = {name_of(path): set(Path(name_of(path)).with_suffix("").parts) for path in sources()}
    assert [name for name, words in parts.items() if words & NEVER] == []


def test_nobody_listens_to_model_signals() -> None:
    words = {name_of(path): path.read_text("utf-8") for path in sources()}
    assert [name for name, text in words.items() if any(signal in text for signal in SIGNALS)] == []


def test_models_do_not_override_save() -> None:
    models = [path for path in sources() if path.name == "models.py"]
    assert [name_of(path) for path in models if {"save", "delete"} & set(_methods(path))] == []


def test_nobody_imports_our_own_modules_inside_a_function() -> None:
    assert [name_of(path) for path in sources() if any(_hidden_imports(path))] == []


def _methods(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ClassDef):
            yield from (item.name for item in node.body if isinstance(item, ast.FunctionDef))


def _hidden_imports(path: Path) -> Iterator[str]:
    for function in functions(path):
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGES):
                yield node.module or ""
