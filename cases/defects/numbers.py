"""Defect numbers in addresses and in what people type: D-0042."""

import re

_TYPED = re.compile(r"^\s*d-?\s*0*(\d{1,9})\s*$", re.IGNORECASE)


class DefectNumberConverter:
    """A defect number in a URL: written D-0042, read in either case, with or without the zeros."""

    regex = "[Dd]-[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        return int(value[2:])

    def to_url(self, value: int) -> str:
        return shown(int(value))


def shown(number: int) -> str:
    """The number as people read it, so that it is never taken for a case's."""
    return f"D-{number:04d}"


def typed_defect(words: str) -> int | None:
    """The number when somebody typed nothing else: D-42, d42, D-0042; a bare 42 is a case's."""
    match = _TYPED.match(words)
    return int(match[1]) if match else None
