"""A brand's colour is taken only where everything stays readable."""

import pytest

from helpdesk.brands.colours import (
    Theme,
    contrast,
    faults_of,
    shades_of,
    stylesheet_of,
)
from tests.helpdesk.design.test_tokens import colours


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize(
    ("colour", "theme"),
    [
        ("#0f5f50", Theme.LIGHT),
        ("#4b2a8a", Theme.LIGHT),
        ("#7a2e00", Theme.LIGHT),
        ("#6cc7b0", Theme.DARK),
        ("#c3b1f0", Theme.DARK),
    ],
)
def test_a_colour_that_can_be_read_has_no_faults(colour: str, theme: Theme) -> None:
    assert faults_of(colour, theme=theme) == []


def test_a_fault_says_where_by_how_much_and_what_to_do() -> None:
    assert faults_of("#3f8f80", theme=Theme.LIGHT)[0] == (
        "#3f8f80 as text on the light page reaches 3.4:1 and needs 4.5:1. Choose a darker colour."
    )
    assert faults_of("#0f5f50", theme=Theme.DARK)[0].endswith("Choose a lighter colour.")


def test_the_shades_of_a_colour_are_made_from_it() -> None:
    light = shades_of("#4b2a8a", theme=Theme.LIGHT)
    assert (light.plain, light.strong, light.wash, light.on) == (
        "#4b2a8a",
        "#3e2271",
        "#edeaf3",
        "#ffffff",
    )


def test_the_stylesheet_sets_four_tokens_and_nothing_else() -> None:
    text = stylesheet_of("#4b2a8a", "#c3b1f0")
    assert text.startswith(":root{--eucalypt:light-dark(#4b2a8a,#c3b1f0);")
    assert text.count("--") == 4


@pytest.mark.parametrize(("theme", "position"), [(Theme.LIGHT, 0), (Theme.DARK, 1)])
def test_the_papers_and_inks_are_those_of_the_desk(theme: Theme, position: int) -> None:
    known = {**theme.papers, **theme.inks}
    assert known == {name: colours()[name][position] for name in known}
