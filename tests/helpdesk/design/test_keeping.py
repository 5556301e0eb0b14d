"""`{% kept %}`: drawn once for the same values, and for each other value anew."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.timezone import override as override_zone
from time_machine import travel

from helpdesk.design import keeping
from helpdesk.people.models import Person

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    name: str
    marks: tuple[str, ...] = ()


class Asking(forms.Form):
    colour = forms.CharField()


class Building(forms.Form):
    def __init__(self, *choices: str) -> None:
        super().__init__()


def page(source: str) -> object:
    return engines["django"].from_string("{% load design %}" + source)


def rendered(drawn: object, **values: object) -> str:
    html: str = drawn.render(values, RequestFactory().get("/"))  # type: ignore[attr-defined]
    return html


def test_a_part_is_drawn_once_for_the_same_values(monkeypatch: pytest.MonkeyPatch) -> None:
    drawings: list[dict[str, object]] = []
    drawn = keeping.KeptNode._drawn

    def counted(node: keeping.KeptNode, context: Context, values: dict[str, object]) -> str:
        drawings.append(values)
        return drawn(node, context, values)

    monkeypatch.setattr(keeping.KeptNode, "_drawn", counted)
    names = page("{% kept name=name %}<b>{{ name }}</b>{% endkept %}")
    said = [rendered(names, name=name) for name in ("Ada", "Ada", "Ben", "Ada")]
    assert said == ["<b>Ada</b>", "<b>Ada</b>", "<b>Ben</b>", "<b>Ada</b>"]
    assert drawings == [{"name": "Ada"}, {"name": "Ben"}]


def test_a_part_sees_the_named_values_and_nothing_else_of_the_page() -> None:
    secret = page("{% kept name=name %}{{ name }}{{ other }}{% endkept %}")
    assert rendered(secret, name="Ada", other="seen") == "Ada"


def test_each_reader_gets_his_own_token() -> None:
    form = page("{% kept %}{% csrf_token %}{% endkept %}")
    first, second = rendered(form), rendered(form)
    assert 'name="csrfmiddlewaretoken"' in first
    assert first != second
    assert keeping.TOKEN_MARK not in first + second


def test_a_part_without_a_form_asks_for_no_token() -> None:
    request = RequestFactory().get("/")
    page("{% kept %}plain{% endkept %}").render({}, request)  # type: ignore[attr-defined]
    assert "CSRF_COOKIE" not in request.META


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (1, True),
        (1, "1"),
        (mark_safe("<b>"), "<b>"),
        (mark_safe("<b>" * 100), "<b>" * 100),
        (Shown(mark_safe("<b>")), Shown("<b>")),
        (Shown("a", (mark_safe("<b>"),)), Shown("a", ("<b>",))),
        (("a", "b"), ("ab",)),
        (Asking(initial={"colour": "red"}), Asking(initial={"colour": "blue"})),
    ],
    ids=repr,
)
def test_what_is_written_in_another_way_is_another_value(first: object, second: object) -> None:
    assert keeping.key_of(first) != keeping.key_of(second)


def test_the_same_values_of_another_request_are_the_same() -> None:
    long = "x" * 1000
    assert keeping.key_of(Shown(long, ("a",))) == keeping.key_of(Shown("x" * 1000, ("a",)))
    assert keeping.key_of(Asking(initial={"colour": "red"})) == keeping.key_of(
        Asking(initial={"colour": "red"})
    )


@pytest.mark.parametrize(
    "value",
    [Person(username="ada"), Asking({"colour": "red"}), Building("red"), object()],
    ids=["row", "filled form", "form that builds itself", "object"],
)
def test_what_says_more_than_it_shows_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="give what is shown of it"):
        rendered(page("{% kept value=value %}{% endkept %}"), value=value)


def test_a_time_is_said_anew_on_another_day_and_in_another_zone() -> None:
    times = page("{% kept at=at %}{% when at %}{% endkept %}")
    with override_zone("UTC"), travel(AT, tick=False):
        assert ">today 09:00<" in rendered(times, at=AT)
    with override_zone("UTC"), travel(AT + timedelta(days=1), tick=False):
        assert ">yesterday 09:00<" in rendered(times, at=AT)
    with override_zone("Australia/Melbourne"), travel(AT, tick=False):
        assert ">today 20:00<" in rendered(times, at=AT)


def test_what_is_remembered_is_bounded_by_its_length() -> None:
    long = page("{% kept text=text %}{{ text }}{% endkept %}")
    size = keeping._kept.currsize
    assert rendered(long, text="x" * (keeping.LONGEST_KEPT + 1)).endswith("x")
    assert keeping._kept.currsize == size


def test_the_indentation_of_the_template_is_left_out() -> None:
    part = page(
        "{% kept %}<p>\n  {% if 1 %}\n  <b>a</b> <i>b</i>\n  {% endif %}\n</p>{% endkept %}"
    )
    assert rendered(part) == "<p>\n<b>a</b> <i>b</i>\n</p>"


def test_preformatted_text_keeps_its_lines() -> None:
    part = page("{% kept %}<pre><b>a</b>\n\n  <b>c</b></pre>{% endkept %}")
    assert rendered(part) == "<pre><b>a</b>\n\n  <b>c</b></pre>"


def test_a_bit_that_names_no_value_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError, match="kept: name is not name=value"):
        page("{% kept name %}{% endkept %}")
