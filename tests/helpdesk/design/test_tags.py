"""The small tags and filters."""

from datetime import UTC, datetime

import pytest
from django.template import engines
from django.utils import timezone
from time_machine import travel

NOON = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 12:00 in Melbourne, 14:00 in Auckland


def rendered(source: str, **values: object) -> str:
    return engines["django"].from_string("{% load design %}" + source).render(values)


@travel(NOON, tick=False)
def test_a_time_carries_the_exact_one_here_and_at_the_desk() -> None:
    with timezone.override("Pacific/Auckland"):
        html = rendered("{% when at %}", at=NOON)
    assert html == (
        '<time datetime="2026-11-24T14:00:00+13:00" title="Tue 24 Nov 2026, 14:00:00'
        ' NZDT (Auckland) · Tue 24 Nov 2026, 12:00:00 AEDT (Melbourne)">today 14:00</time>'
    )


@travel(NOON, tick=False)
def test_a_reader_at_the_desk_is_told_the_time_once() -> None:
    with timezone.override("Australia/Melbourne"):
        html = rendered("{% when at zone=True %}", at=NOON)
    assert "·" not in html
    assert ">today 12:00 (Melbourne)<" in html


def test_no_time_is_said_in_the_pages_words() -> None:
    assert rendered('{% when at otherwise="not yet" %}', at=None) == "not yet"


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("{{ 1234567|number }}", "1,234,567"),
        ("{{ 999|at_most:1000 }}", "999"),
        ("{{ 1000|at_most:1000 }}", "1,000+"),
        ("{{ 0.636|percent }}", "64"),
        ("{{ 1.7|percent }}", "100"),
        ("{{ 0.636|used }}", "65"),
        ("{{ 0.01|used }}", "0"),
        ("{{ 7.0|used }}", "100"),
        ('{{ "waiting"|state_name }}', "Waiting for client"),
        ('{{ "parked"|state_name }}', "parked"),
        ('{{ "high"|priority_name }}', "High"),
        ('{{ "Ada Lovelace"|initials }}', "AL"),
        ('{{ "Jürgen von der Großmann-Öllermeier"|initials }}', "JG"),
        ('{{ "李"|initials }}', "李"),
        ('{{ ""|initials }}', "?"),
        ('{{ "(no name)"|initials }}', "N"),
        (
            '{% classes "button" "primary" "" None "small" %}',
            "button button--primary button--small",
        ),
        ('<i{% attributes href="" title="a&b" hidden=True lang=None %}>', '<i title="a&b" hidden>'),
    ],
)
def test_small_things_are_written_as_they_should_be(source: str, written: str) -> None:
    assert rendered(source) == written


def test_attributes_escape_what_the_page_gives() -> None:
    assert rendered("<i{% attributes title=given %}>", given='"><b>') == (
        '<i title="&quot;&gt;&lt;b&gt;">'
    )


def test_a_persons_colour_stays_the_same() -> None:
    assert rendered('{{ "Ada"|tint }}') == rendered('{{ "Ada"|tint }}')
    assert 1 <= int(rendered('{{ "נועה בר־לב"|tint }}')) <= 6
