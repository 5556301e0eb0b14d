"""Placeholders such as {{ number }}, replaced from a fixed dictionary and never evaluated.

Words that an administrator may edit must not reach a template engine: whoever can edit them could
read settings or other people's data (`security.md` T21).
"""

import re
from collections.abc import Callable, Mapping

from django.utils.html import escape

from helpdesk.mail.clean_text import clean_body, clean_line

PLACEHOLDER = re.compile(r"\{\{ *([a-z][a-z0-9_]*) *\}\}")
_ONLY_PLACEHOLDERS = re.compile(rf"(?:\s*{PLACEHOLDER.pattern})+\s*")
# A line of its own that becomes a button in the HTML of a mail.
BUTTON = re.compile(r"(?P<label>[^{}:]+): *\{\{ *(?P<name>[a-z][a-z0-9_]*_url) *\}\}")
_MANY_BLANKS = re.compile(r"\n{3,}")

Values = Mapping[str, str]


def names_in(*texts: str) -> set[str]:
    """Return the names of the placeholders in these texts."""
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def fill_line(text: str, values: Values) -> str:
    """Fill a header: one line, whatever the values hold."""
    return clean_line(_filled(text, values, clean_body), limit=900)


def fill_text(text: str, values: Values) -> str:
    """Fill plain text. A line vanishes that would hold nothing, or a label without its address."""
    lines = [
        line
        for line in text.splitlines()
        if not is_void(line, values) and not _leads_nowhere(line, values)
    ]
    filled = _filled("\n".join(lines), values, clean_body)
    return _MANY_BLANKS.sub("\n\n", filled).strip() + "\n"


def fill_html(html: str, values: Values) -> str:
    """Fill HTML: each value is escaped, its line breaks kept."""
    return _filled(html, values, _as_html)


def fill_text_as_html(text: str, values: Values) -> str:
    """Fill plain text for an HTML mail: its own words are escaped as well."""
    return fill_html(str(escape(text)), values)


def is_void(line: str, values: Values) -> bool:
    """Tell whether a line would be empty only because its values are."""
    return bool(_ONLY_PLACEHOLDERS.fullmatch(line)) and not any(
        values.get(name, "").strip() for name in names_in(line)
    )


def _leads_nowhere(line: str, values: Values) -> bool:
    button = BUTTON.fullmatch(line.strip())
    return button is not None and not values.get(button["name"], "").strip()


def _filled(text: str, values: Values, write: Callable[[str], str]) -> str:
    return PLACEHOLDER.sub(lambda match: write(values.get(match[1], "")), text)


def _as_html(value: str) -> str:
    return str(escape(clean_body(value).strip())).replace("\r\n", "\n").replace("\n", "<br>\n")
