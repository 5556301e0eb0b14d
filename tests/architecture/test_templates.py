"""Templates keep to the content security policy, to the components and to the sprite."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT, name_of

TEMPLATES = PROJECT / "templates"
COMPONENTS = TEMPLATES / "components"
STYLES = PROJECT / "static" / "css" / "components"
BEHAVIOURS = PROJECT / "static" / "js"

FORBIDDEN = {
    "a style attribute": r"""<[^>]*\sstyle\s*=""",
    "a style element": r"<style\b",
    "a handler attribute": r"""<[^>]*\son[a-z]+\s*=""",
    "a script with a body": r"<script(?![^>]*\ssrc=)[^>]*>",
    "htmx evaluating text": r"""\bhx-on\b|\bhx-\w+="(?:js|javascript):|hx-trigger="[^"]*\[""",
    "a javascript: address": r"""(?:href|action|src)\s*=\s*["']?\s*javascript:""",
    "a file of another site": r"""<(?:script|link|img)\b[^>]*(?:src|href)="(?:https?:)?//""",
}


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    having = [name_of(path) for path in templates() if pattern.search(path.read_text("utf-8"))]
    assert having == []


def test_every_component_has_its_styles() -> None:
    stems = [path.stem for path in STYLES.glob("*.css")]
    without = [
        path.name
        for path in COMPONENTS.glob("*.html")
        if not any(path.stem.startswith(stem) for stem in stems)
    ]
    assert without == []


def test_styles_of_a_component_touch_nothing_but_the_component() -> None:
    foreign = [
        f"{path.name}: {selector}"
        for path in STYLES.glob("*.css")
        for selector in selectors(path.read_text("utf-8"))
        if f".{path.stem}" not in selector
    ]
    assert foreign == []


def test_every_component_that_takes_arguments_stands_in_the_contract() -> None:
    contract = (COMPONENTS / "README.md").read_text("utf-8")
    missing = [
        path.stem
        for path in COMPONENTS.glob("*.html")
        if "{% arguments" in path.read_text("utf-8") and f"`{path.stem}`" not in contract
    ]
    assert missing == []


def test_behaviours_build_no_code_from_text() -> None:
    pattern = re.compile(r"\beval\(|new Function|\.innerHTML|insertAdjacentHTML|document\.write")
    building = [
        name_of(path)
        for path in BEHAVIOURS.rglob("*.js")
        if pattern.search(path.read_text("utf-8"))
    ]
    assert building == []


def test_every_behaviour_that_a_template_names_is_there() -> None:
    text = "".join(path.read_text("utf-8") for path in templates())
    listed = re.findall(r'_behaviours\.html" with names="([^"]+)"', text)
    named = {name for words in listed for name in words.split()}
    named |= set(re.findall(r'"js/behaviours/([a-z-]+)\.js"', text))
    there = {path.stem for path in (BEHAVIOURS / "behaviours").glob("*.js")}
    assert named == there


def selectors(css: str) -> Iterator[str]:
    """The selectors of style rules, without those of at-rules and of keyframes."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    bare = re.sub(r"@keyframes[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", bare)
    for group in re.findall(r"([^{};]+)\{", bare):
        if "@" not in group:
            yield from (one.strip() for one in re.split(r",(?![^(]*\))", group))
