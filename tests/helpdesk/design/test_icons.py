"""Icons come from the one sprite, and what is asked for is there."""

import re
from pathlib import Path

import pytest

from helpdesk.design import icons

SPRITE = Path("static/vendor/lucide/sprite.svg")
IN_TEMPLATES = re.compile(
    r"""\{% icon "([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"|firstof "([a-z0-9-]+)" as sign"""
)


def drawn() -> set[str]:
    return set(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE.read_text("utf-8")))


def used() -> set[str]:
    templates = Path("templates").rglob("*.html")
    found = (IN_TEMPLATES.findall(path.read_text("utf-8")) for path in templates)
    return {name for names in found for match in names for name in match if name}


def test_every_icon_in_a_template_is_in_the_sprite() -> None:
    assert used() - drawn() == set()


def test_the_list_and_the_sprite_are_the_same() -> None:
    assert icons.icon_names() == drawn()


def test_every_icon_that_turns_with_the_line_of_reading_exists() -> None:
    assert icons.POINTING - drawn() == set()


def test_an_icon_beside_words_is_hidden_from_readers() -> None:
    assert icons.icon("lock") == (
        '<svg class="icon" width="20" height="20" aria-hidden="true">'
        '<use href="/static/vendor/lucide/sprite.svg#lock"/></svg>'
    )


def test_an_icon_alone_has_a_name() -> None:
    assert 'role="img" aria-label="For &quot;us&quot;"' in icons.icon("lock", label='For "us"')


def test_an_icon_that_is_not_there_is_an_error() -> None:
    with pytest.raises(icons.UnknownIcon, match="add it to"):
        icons.icon("unicorn")


def test_every_drawing_that_styles_ask_for_is_among_the_marks() -> None:
    defined = set(re.findall(r"--icon-([a-z-]+): url", Path("static/css/marks.css").read_text()))
    styles = Path("static/css").rglob("*.css")
    asked = {
        name for path in styles for name in re.findall(r"var\(--icon-([a-z-]+)\)", path.read_text())
    }
    assert asked == defined
