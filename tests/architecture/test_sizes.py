"""A file fits in the head."""

from tests.architecture.sources import PROJECT, classes, functions, lines_of, name_of, sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGEST_CLASS = 250
LONGEST_TEMPLATE = 160
ALL = [*sources(), *sources("tests", "bench")]


def test_no_file_is_too_long() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in ALL}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        (name_of(path), node.name): lines_of(node) for path in ALL for node in functions(path)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_no_class_is_too_long() -> None:
    lengths = {(name_of(path), node.name): lines_of(node) for path in ALL for node in classes(path)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_CLASS} == {}


def test_no_template_is_too_long() -> None:
    templates = (PROJECT / "templates").rglob("*.html")
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in templates}
    assert {name: length for name, length in lengths.items() if length > LONGEST_TEMPLATE} == {}
