"""Case numbers in addresses and in what people type."""

import re

_TYPED = re.compile(r"^\s*#?\s*0*(\d{1,12})\s*$")


class NumberConverter:
    """A case number in a URL: written with eight digits, read with or without the zeros."""

    regex = "[0-9]{1,12}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{int(value):08d}"


def typed_number(words: str) -> int | None:
    """The number when somebody typed nothing else into a search box: 1042, #1042, 00001042."""
    match = _TYPED.match(words)
    return int(match[1]) if match else None
