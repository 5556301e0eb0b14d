"""Numbers of defects."""

import pytest

from cases.defects.numbers import DefectNumberConverter, shown, typed_defect


@pytest.mark.parametrize(("number", "words"), [(7, "D-0007"), (42, "D-0042"), (12345, "D-12345")])
def test_a_number_is_shown_with_its_prefix(number: int, words: str) -> None:
    assert shown(number) == words
    assert DefectNumberConverter().to_url(number) == words


@pytest.mark.parametrize("typed", ["D-0042", "d-42", "D42", " d0042 "])
def test_a_typed_number_is_read(typed: str) -> None:
    assert typed_defect(typed) == 42


@pytest.mark.parametrize("typed", ["42", "00000042", "D-", "D-42x", "Report D-42", "D-1234567890"])
def test_anything_else_is_none(typed: str) -> None:
    assert typed_defect(typed) is None
