"""Variables of canned replies."""

from hypothesis import given
from hypothesis import strategies as st

from chat.canned.filling import VARIABLES, fill, unknown_in


def test_each_variable_is_replaced() -> None:
    text = fill("Hello {client}, this is about {case}.", {"client": "Carla", "case": "001042"})
    assert text == "Hello Carla, this is about 001042."


def test_a_value_that_looks_like_a_variable_stays_as_it_is() -> None:
    assert fill("Hello {client}", {"client": "{agent}", "agent": "Ada"}) == "Hello {agent}"


def test_an_unknown_variable_is_named_once_in_its_order() -> None:
    assert unknown_in("{clinet} {case} {foo} {clinet} {}") == ["{clinet}", "{foo}", "{}"]


def test_braces_around_more_than_a_word_are_no_variable() -> None:
    text = 'Send {"rows": 0} or { case }.'
    assert unknown_in(text) == []
    assert fill(text, {"case": "1"}) == text


def test_every_variable_is_known() -> None:
    assert unknown_in(" ".join(f"{{{name}}}" for name in VARIABLES)) == []


@given(st.text(alphabet="ab {}"))
def test_what_has_no_unknown_variable_is_filled_without_a_rest(text: str) -> None:
    unknown = unknown_in(text)
    filled = fill(text, dict.fromkeys(VARIABLES, "x"))
    assert unknown_in(filled) == unknown
