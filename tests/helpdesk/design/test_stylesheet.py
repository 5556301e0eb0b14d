"""The one stylesheet, made from the files."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from helpdesk.design import stylesheet
from helpdesk.design.stylesheet import StylesheetFinder

FOLDER = Path("static/css")
APART = {"mail.css", "admin.css"}


def test_every_file_is_in_it_once() -> None:
    written = {path for path in FOLDER.rglob("*.css") if path.name not in APART}
    assert sorted(stylesheet.sources(FOLDER)) == sorted(written)


def test_layers_are_named_before_they_are_used() -> None:
    text = stylesheet.stylesheet(FOLDER)
    assert text.index("@layer tokens, base, layout, components, pages;") < text.index(
        "@layer tokens {"
    )


def test_every_rule_stands_in_a_layer() -> None:
    layered = [
        path for path in stylesheet.sources(FOLDER) if path.name not in {"layers.css", "fonts.css"}
    ]
    without = [path.name for path in layered if not _is_in_one_layer(path.read_text("utf-8"))]
    assert without == []


def test_it_is_found_like_any_static_file() -> None:
    found = finders.find("css/waratah.css")
    assert found is not None
    assert Path(found).read_text("utf-8") == stylesheet.stylesheet(FOLDER)


def test_it_is_collected_like_any_static_file() -> None:
    (name, storage), *others = StylesheetFinder().list([])
    assert (name, others) == ("css/waratah.css", [])
    assert storage.open(name).read().decode() == stylesheet.stylesheet(FOLDER)


def test_other_names_are_left_to_the_other_finders() -> None:
    assert StylesheetFinder().find("css/other.css") == []


def test_addresses_in_it_lead_to_files() -> None:
    addresses = re.findall(r'url\("(\.\./[^"]+)"\)', stylesheet.stylesheet(FOLDER))
    assert len(addresses) == 6
    assert [address for address in addresses if not (FOLDER / address).exists()] == []


def _is_in_one_layer(text: str) -> bool:
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).strip()
    return re.fullmatch(r"@layer [a-z]+ \{.*\}", bare, flags=re.DOTALL) is not None and (
        bare.count("@layer") == 1
    )
