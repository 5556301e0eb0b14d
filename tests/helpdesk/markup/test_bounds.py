"""Whatever the input, the work is in proportion to its length.

Measured without the bounds, for text of these lengths: libxml2 15 s for the attributes, nh3 13 s
for the formatting and 22 s for a million no-break spaces, `html.parser` minutes for comments.
"""

import time

import pytest

from helpdesk.markup.cleaning import clean_html
from helpdesk.markup.text import html_of_text, text_of

LENGTH = 300_000
MOST_SECONDS = 3.0


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "&",
        "&amp;<x>",
        "\u00a0",
        "<!--",
        "<script>",
        "<title>",
        '<p a="',
        "a@",
        "http://",
        "> ",
    ],
)
def test_repetition_costs_no_more_than_its_length(piece: str) -> None:
    hostile = (piece * LENGTH)[:LENGTH]
    assert _seconds_for(hostile) < MOST_SECONDS


@pytest.mark.parametrize("piece", ["<div>", "<table><tr><td>", "<a/href=https://a.example>x"])
def test_elements_cost_no_more_than_their_number(piece: str) -> None:
    assert _seconds_for(piece * 10_000) < MOST_SECONDS


def test_a_hundred_thousand_attributes_cost_no_more_than_their_length() -> None:
    hostile = "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">x"
    assert _seconds_for(hostile) < MOST_SECONDS


@pytest.mark.parametrize("unit", ["<p>x", "<tr></tr>x", "<div><tr>x", "<td>x", "<li>x", "<h1>x"])
def test_formatting_that_is_never_closed_does_not_multiply(unit: str) -> None:
    formatting = "".join(f"<b title={number}>" for number in range(40))
    hostile = f"<table>{formatting}{unit * 1000}<p>{formatting}{unit * 1000}"
    assert len(clean_html(hostile).html) < 4 * len(hostile)


def test_words_at_any_depth_are_kept() -> None:
    assert clean_html("<div>" * 5000 + "deep").html.count("deep") == 1


def _seconds_for(hostile: str) -> float:
    began = time.process_time()
    clean_html(hostile)
    text_of(hostile)
    html_of_text(hostile)
    return time.process_time() - began
