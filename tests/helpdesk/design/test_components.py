"""`{% component %}`, `{% slot %}`, `{% arguments %}`."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError, engines
from django.utils.safestring import mark_safe
from django.utils.timezone import override as override_zone
from django.utils.translation import override
from time_machine import travel

from helpdesk.design.components import _kept


def rendered(source: str, **values: object) -> str:
    return engines["django"].from_string("{% load design %}" + source).render(values)


def test_a_component_gets_its_arguments_and_its_body() -> None:
    html = rendered('{% component "badge" tone="wattle" %}late{% endcomponent %}')
    assert html == '<span class="badge badge--wattle">late</span>'


def test_a_component_without_a_body_is_closed_at_once() -> None:
    assert "3</span>" in rendered('{% component "badge" count=3 / %}')


def test_an_argument_that_a_component_does_not_take_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError, match='"badge" takes no colour; it takes: tone'):
        rendered('{% component "badge" colour="red" / %}')


def test_an_argument_with_a_hyphen_is_an_attribute_of_the_root() -> None:
    html = rendered('{% component "badge" data-live=what aria-hidden=yes hx-get=no / %}',
                    what='"7"', yes=True, no=None)  # fmt: skip
    assert 'data-live="&quot;7&quot;" aria-hidden>' in html
    assert "hx-get" not in html


def test_what_the_page_says_is_escaped_in_arguments_and_kept_in_bodies() -> None:
    html = rendered('{% component "person" name=name / %}', name="<script>")
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    assert rendered('{% component "kbd" %}<b>K</b>{% endcomponent %}').count("<b>K</b>") == 1


def test_a_value_of_the_page_is_escaped_in_a_body() -> None:
    html = rendered('{% component "kbd" %}{{ name }}{% endcomponent %}', name="<i>")
    assert html == '<kbd class="kbd">&lt;i&gt;</kbd>'


def test_a_component_sees_nothing_else_of_the_page() -> None:
    html = rendered('{% component "badge" / %}', body="from the page", icon="lock", tone="sky")
    assert html == '<span class="badge"></span>'


def test_slots_stand_where_the_component_puts_them() -> None:
    html = rendered(
        '{% component "empty" title="None" %}Soon.{% slot "actions" %}<a>go</a>{% endslot %}'
        "{% endcomponent %}"
    )
    assert '<div class="empty__words">Soon.</div>' in html
    assert '<div class="empty__actions"><a>go</a></div>' in html


def test_a_slot_belongs_to_the_component_around_it() -> None:
    html = rendered(
        '{% component "panel" title="Outer" %}'
        '{% component "empty" title="Inner" %}{% slot "actions" %}inner{% endslot %}'
        '{% endcomponent %}{% slot "actions" %}outer{% endslot %}{% endcomponent %}'
    )
    assert html.index("outer") < html.index('<div class="empty__actions">inner</div>')


def test_a_slot_in_no_component_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError, match='slot "actions" stands in no component'):
        rendered('{% slot "actions" %}{% endslot %}')


def test_htmx_attributes_that_run_text_as_code_are_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="write a behaviour"):
        rendered('{% component "badge" hx-on:click="go()" / %}')


def test_a_component_in_a_loop_is_new_each_time() -> None:
    html = rendered('{% for n in "ab" %}{% component "kbd" %}{{ n }}{% endcomponent %}{% endfor %}')
    assert html == '<kbd class="kbd">a</kbd><kbd class="kbd">b</kbd>'


def test_a_component_says_the_same_to_the_same_without_being_drawn_again() -> None:
    page = '{% component "badge" tone=tone %}late{% endcomponent %}'
    assert rendered(page, tone="sky") == rendered(page, tone="sky")
    drawn = _kept.cache_info().misses
    rendered(page, tone="sky")
    assert _kept.cache_info().misses == drawn


def test_what_is_remembered_for_safe_text_is_not_said_for_unsafe_text() -> None:
    page = '{% component "person" name=name / %}'
    assert "<b>A</b>" in rendered(page, name=mark_safe("<b>A</b>"))
    assert "<b>A</b>" not in rendered(page, name="<b>A</b>")


def test_what_is_remembered_in_one_language_is_not_said_in_another() -> None:
    page = '{% component "state" value="open" / %}'
    with override("en-au"):
        assert ">Open<" in rendered(page)
    with override("de"):
        drawn = _kept.cache_info().misses
        rendered(page)
    assert _kept.cache_info().misses == drawn + 1


def test_what_is_remembered_of_a_time_is_not_said_on_another_day_or_in_another_zone() -> None:
    page = '{% component "timeline-entry" at=at %}Opened{% endcomponent %}'
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    with override_zone("UTC"), travel(at, tick=False):
        assert ">today 09:00<" in rendered(page, at=at)
    with override_zone("UTC"), travel(at + timedelta(days=1), tick=False):
        assert ">yesterday 09:00<" in rendered(page, at=at)
    with override_zone("Australia/Melbourne"), travel(at, tick=False):
        assert ">today 20:00<" in rendered(page, at=at)


def test_what_is_remembered_with_one_slot_is_not_said_with_another() -> None:
    page = (
        '{% component "message" by="A" %}{% slot "foot" %}{{ foot }}{% endslot %}{% endcomponent %}'
    )
    assert "Delivered" in rendered(page, foot="Delivered")
    assert "Delivered" not in rendered(page, foot="Bounced")


def test_a_long_body_is_drawn_but_not_remembered() -> None:
    page = '{% component "kbd" %}{{ long }}{% endcomponent %}'
    drawn = _kept.cache_info().misses
    assert "xx" in rendered(page, long="x" * 10_000)
    assert _kept.cache_info().misses == drawn


def test_a_pure_component_holds_no_token_no_address_and_no_other_clock() -> None:
    impure = re.compile(r"{% (?:url|csrf_token|field|now)|{{ csrf_token|\brequest\.")
    pure = [
        path
        for path in Path("templates/components").glob("*.html")
        if "{% arguments pure" in path.read_text("utf-8")
    ]
    assert [path.name for path in pure if impure.search(path.read_text("utf-8"))] == []
    assert len(pure) > 30


def test_a_long_name_in_a_row_can_be_read_whole_in_its_title() -> None:
    page = '{% component "case-row" client=client / %}'
    assert 'title="Maximiliana Featherstonehaugh"' in rendered(
        page, client="Maximiliana Featherstonehaugh"
    )
    assert "title=" not in rendered(page, client="Carla Rossi")
