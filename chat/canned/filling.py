"""The variables of canned replies: which there are, and putting words in their place. Pure."""

import re
from collections.abc import Mapping

VARIABLES = {
    "client": "the client’s name",
    "first_name": "the client’s first name",
    "organisation": "the client’s organisation",
    "case": "the number of the case",
    "subject": "the subject of the case",
    "agent": "your name",
    "site": "the name of the site they write from",
}
_VARIABLE = re.compile(r"\{([^{}\s]*)\}")


def unknown_in(text: str) -> list[str]:
    """The variables of `text` that there are not, in their order: `{clinet}` is one of them."""
    found = (match.group(0) for match in _VARIABLE.finditer(text))
    return [one for one in dict.fromkeys(found) if one[1:-1] not in VARIABLES]


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each variable replaced; a value that looks like a variable stays as it is."""
    return _VARIABLE.sub(lambda match: values.get(match.group(1), match.group(0)), text)
