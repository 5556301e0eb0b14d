"""What HTML from outside may keep: elements, attributes, and which values of them.

No style, class, id, data-*, hx-*, x-*, on*: nothing that our pages, their scripts or their styles
would bring to life. No foreign content (svg, math) and no raw-text element: each mutation hole
known in this family of sanitisers needed one of them allowed.
"""

import re
from collections.abc import Callable

from helpdesk.markup.images import is_raster_data
from helpdesk.markup.links import safe_href

_EVERYWHERE = frozenset({"dir", "lang", "title"})
_ALIGNED = frozenset({"align"})
_CELL = frozenset({"align", "colspan", "rowspan", "valign"})
ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": _EVERYWHERE,
    "a": frozenset({"href"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "div": _ALIGNED,
    "img": frozenset({"alt", "height", "src", "width"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "p": _ALIGNED,
    "table": frozenset({"border"}),
    "td": _CELL,
    "th": _CELL | {"scope"},
    "tr": frozenset({"align", "valign"}),
}

MAX_WORDS = 500


def is_allowed(tag: str, attribute: str, value: str) -> bool:
    """Say whether `attribute` of `tag` may have `value`; addresses of ours are not judged here."""
    if attribute not in ATTRIBUTES.get(tag, frozenset()) | _EVERYWHERE:
        return False
    return _VALUES[attribute](value)


def _one_of(*values: str) -> Callable[[str], bool]:
    return lambda value: value.lower() in values


def _matching(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: compiled.fullmatch(value) is not None


def _is_short(value: str) -> bool:
    return len(value) <= MAX_WORDS


_VALUES: dict[str, Callable[[str], bool]] = {
    "align": _one_of("left", "center", "right", "justify"),
    "alt": _is_short,
    "border": _matching(r"\d"),
    "colspan": _matching(r"\d{1,2}"),
    "dir": _one_of("ltr", "rtl", "auto"),
    "height": _matching(r"\d{1,4}"),
    "href": lambda value: safe_href(value) == value,
    "lang": _matching(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,4}"),
    "reversed": _one_of("", "reversed"),
    "rowspan": _matching(r"\d{1,2}"),
    "scope": _one_of("row", "col", "rowgroup", "colgroup"),
    "span": _matching(r"\d{1,2}"),
    "src": is_raster_data,
    "start": _matching(r"-?\d{1,6}"),
    "title": _is_short,
    "type": _matching(r"[1aAiI]"),
    "valign": _one_of("top", "middle", "bottom", "baseline"),
    "value": _matching(r"-?\d{1,6}"),
    "width": _matching(r"\d{1,4}"),
}
