"""Case numbers in addresses and in what people type."""

import pytest

from cases.numbers import NumberConverter, typed_number


@pytest.mark.parametrize("typed", ["1042", "00001042", "#1042", "  # 00001042 "])
def test_a_number_is_understood_with_or_without_zeros_and_hash(typed: str) -> None:
    assert typed_number(typed) == 1042


@pytest.mark.parametrize("typed", ["", "1042 invoice", "10.42", "-3", "1" * 13, "case 1042"])
def test_other_words_are_not_taken_for_a_number(typed: str) -> None:
    assert typed_number(typed) is None


def test_addresses_carry_eight_digits() -> None:
    assert NumberConverter().to_url(1042) == "00001042"
    assert NumberConverter().to_python("00001042") == 1042
